import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { decodeToken } from '../../src/claims/index.js';
import { findingsWithoutSettings, type SureRequest } from '../../src/preflight/findings-without-settings.js';

const NOW = 1_800_000_000;
const good = { iss: 'app', aud: 'jitsi', sub: 'meet.example.com', room: 'my%20room', exp: NOW + 3600 };
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function codes(claims: object, request: Partial<SureRequest> = {}, header: object = { alg: 'HS256', typ: 'JWT' }) {
  const decoded = decodeToken(`${part(header)}.${part(claims)}.c2ln`);
  return findingsWithoutSettings(decoded, { room: 'My Room', now: new Date(NOW * 1000), ...request }).map(
    ({ severity, code }) => `${severity} ${code}`,
  );
}

describe('what is sure without settings is an error', () => {
  it('finds nothing wrong with a proper token', () => expect(codes(good)).toEqual([]));

  it.each([
    [{ exp: NOW }, 'token-expired'],
    [{ exp: NOW - 0.5 }, 'token-expired'],
    [{ nbf: NOW + 1 }, 'token-not-yet-valid'],
    [{ room: 'other' }, 'room-other'],
    [{ room: 'My Room' }, 'room-other'],
    [{ room: '' }, 'room-other'],
  ])('%j: %s', (change, code) => expect(codes({ ...good, ...change })).toEqual([`error ${code}`]));

  it('names a string that is not a token', () =>
    expect(findingsWithoutSettings(decodeToken('undefined'), { room: 'x', now: new Date() })).toMatchObject([
      { code: 'token-malformed', severity: 'error', stage: 'connect' },
    ]));

  it('tells a token that is too long for the request', () =>
    expect(codes({ ...good, pad: 'x'.repeat(8000) })).toEqual(['error token-too-long']));

  it('tells a room that XMPP has no address for', () =>
    expect(codes({ ...good, room: "bob's" }, { room: "Bob's" })).toEqual(['error room-address-unusable']));
});

describe('what depends on settings is at most a warning', () => {
  it.each([
    [{ room: 'MY%20ROOM' }],
    [{ room: '*' }],
    [{ room: '.*', context: { room: { regex: true } } }],
    [{ room: '[x', context: { room: { regex: 'true' } } }],
    [{ exp: undefined }],
    [{ exp: false }],
    [{ sub: '*' }],
    [{ context: null }],
  ])('%j passes', (change) => expect(codes({ ...good, ...change })).toEqual([]));

  it.each([
    [{ exp: String(NOW + 60) }, 'exp-not-number'],
    [{ nbf: null }, 'nbf-not-number'],
    [{ iss: undefined }, 'iss-missing'],
    [{ aud: undefined }, 'aud-missing'],
    [{ room: undefined }, 'room-missing'],
    [{ room: 5 }, 'room-not-text'],
    [{ sub: undefined }, 'sub-missing'],
    [{ sub: 'user-17' }, 'sub-other'],
  ])('%j: %s', (change, code) => expect(codes({ ...good, ...change })).toEqual([`warning ${code}`]));

  it('doubts a header without typ', () => expect(codes(good, {}, { alg: 'HS256' })).toEqual(['warning typ-not-jwt']));

  it('takes the tenant for what sub should be, where there is one', () => {
    expect(codes({ ...good, sub: 'Team' }, { tenant: 'team' })).toEqual([]);
    expect(codes(good, { tenant: 'team' })).toEqual(['warning sub-other']);
  });

  it("takes an expiry for a doubt where the clock is the visitor's", () =>
    expect(codes({ ...good, exp: NOW - 1 }, { trustClock: false })).toEqual(['warning token-expired']));

  it("takes the server's own notation of a room in a tenant", () =>
    expect(codes({ ...good, sub: 'team', room: '[team]my%20room' }, { tenant: 'team' })).toEqual([]));
});

it('is small: the element carries it, without the rest of preflight', () => {
  const { outputFiles, metafile } = buildSync({
    entryPoints: ['src/preflight/findings-without-settings.ts'],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
  });
  const modules = Object.keys(metafile.inputs);
  expect(modules.filter((path) => /node_modules|lua|connect|join|advice/.test(path))).toEqual([]);
  expect(outputFiles[0]!.contents.length).toBeLessThan(9000);
});
