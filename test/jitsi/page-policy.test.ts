import { describe, expect, it } from 'vitest';
import { blockedRequest, explainReport, explainViolation } from '../../src/jitsi/page-policy.js';

const loads = {
  script: 'https://meet.example.org/external_api.js',
  frame: 'https://meet.example.org',
  token: '/api/token',
  base: 'https://app.example.org/page',
};
const violation = (effectiveDirective: string, originalPolicy: string, more = {}) => ({
  effectiveDirective,
  originalPolicy,
  blockedURI: 'https://meet.example.org/anything',
  disposition: 'enforce',
  ...more,
});

describe('the line that a policy needs', () => {
  it.each([
    ['frame-src', "frame-src 'none'", 'frame-src https://meet.example.org'],
    [
      'frame-src',
      "img-src *; frame-src 'self' https://a.example",
      "frame-src 'self' https://a.example https://meet.example.org",
    ],
    ['frame-src', "child-src 'self'", "child-src 'self' https://meet.example.org"],
    ['frame-src', "default-src 'self'", "frame-src 'self' https://meet.example.org"],
    ['frame-src', "DEFAULT-SRC 'NONE'", 'frame-src https://meet.example.org'],
    ['script-src-elem', "script-src 'self'; default-src *", "script-src 'self' https://meet.example.org"],
    ['script-src-elem', "script-src-elem 'self'; script-src *", "script-src-elem 'self' https://meet.example.org"],
    ['script-src-elem', "default-src 'self'", "script-src 'self' https://meet.example.org"],
    ['script-src-elem', "script-src 'nonce-SECRET'", "script-src 'nonce-…' https://meet.example.org"],
  ])('%s of %s', (directive, policy, line) => {
    const error = explainViolation(violation(directive, policy), loads)!;
    expect(error.hint).toContain(`needs ${line}.`);
    expect(error).toMatchObject({ code: 'page-policy', retryable: false });
    expect(error.message).toContain(directive);
    expect(error.message).toContain('https://meet.example.org');
    expect(error.hint).not.toContain('SECRET');
  });

  it('names the origin of a relative token endpoint', () => {
    const blocked = violation('connect-src', "connect-src 'none'", { blockedURI: 'https://app.example.org/api/token' });
    expect(explainViolation(blocked, loads)!.hint).toContain('needs connect-src https://app.example.org.');
  });

  it('names the scheme of a script that the page made itself', () => {
    const blocked = violation('script-src-elem', "script-src 'self'", { blockedURI: 'blob' });
    const script = 'blob:https://app.example.org/1-2-3';
    expect(explainViolation(blocked, { ...loads, script })!.hint).toContain("needs script-src 'self' blob:.");
    expect(explainViolation(blocked, loads)).toBeUndefined();
  });
});

describe('a frame that redirects', () => {
  const blocked = violation('frame-src', "frame-src 'self' https://meet.example.org", {
    blockedURI: 'https://login.example',
  });

  it('is known by what is blocked while it loads', () => {
    const error = explainViolation(blocked, { ...loads, frames: ['https://meet.example.org/Team', ''] })!;
    expect(error).toMatchObject({ code: 'page-policy', retryable: false });
    expect(error.message).toContain('https://login.example, to which https://meet.example.org redirects');
    expect(error.hint).toContain("frame-src 'self' https://meet.example.org https://login.example.");
  });

  it('is not meant where another frame of the page is of that host', () => {
    const frames = ['https://meet.example.org/Team', 'https://login.example/ad'];
    expect(explainViolation(blocked, { ...loads, frames })).toBeUndefined();
  });
});

describe('a request of the page itself', () => {
  it('is told by its origin', () => {
    const blocked = violation('connect-src', "connect-src 'self'", { blockedURI: 'https://id.example/t?code=SECRET' });
    expect(blockedRequest(blocked)).toEqual({
      origin: 'https://id.example',
      line: "connect-src 'self' https://id.example",
    });
  });

  it.each([
    ['only reported', violation('connect-src', '', { disposition: 'report' })],
    ['something else', violation('img-src', '')],
  ])('is not %s', (_what, blocked) => expect(blockedRequest(blocked)).toBeUndefined());
});

describe('what does not stand in the way', () => {
  it.each([
    ['what is only reported', violation('frame-src', '', { disposition: 'report' })],
    ['another host', violation('frame-src', '', { blockedURI: 'https://ads.example' })],
    ['another port', violation('frame-src', '', { blockedURI: 'https://meet.example.org:8443' })],
    ['a picture of the same host', violation('img-src', '')],
    [
      'another path beside the token endpoint',
      violation('connect-src', '', { blockedURI: 'https://app.example.org/api/count' }),
    ],
    ['code in the page', violation('script-src-elem', '', { blockedURI: 'inline' })],
  ])('%s', (_what, blocked) => expect(explainViolation(blocked, loads)).toBeUndefined());

  it.each([
    ['a report of what is only reported', 'coep', { destination: 'script', disposition: 'reporting' }],
    ['an integrity that is only reported', 'integrity-violation', { destination: 'script', reportOnly: true }],
    ['another host', 'coep', { destination: 'iframe', blockedURL: 'https://ads.example/' }],
    ['a report without a body', 'coep', null],
  ])('%s', (_what, type, body) => {
    const blockedURL = 'https://meet.example.org/external_api.js';
    expect(explainReport({ type, body: body && { blockedURL, ...body } }, loads)).toBeUndefined();
  });
});
