import { describe, expect, it } from 'vitest';
import { browserProblems } from '../../src/cli/watch/browser-problems.js';
import { plainAddress, plainText } from '../../src/cli/watch/private-text.js';
import { reportOf } from '../../src/cli/watch/report.js';
import type { Observations } from '../../src/cli/watch/types.js';
import { cli } from '../support/run-cli.js';

const page = 'https://app.example.org/meeting';

describe('doctor --watch without a browser', () => {
  it('says in one sentence that there is none, and can’t tell', async () => {
    const { code, out } = await cli(['doctor', '--watch', page], { env: { PATH: '/nowhere' } });
    expect(code).toBe(2);
    expect(out).toContain('ERROR browser-missing\n  There is no Chromium on this machine. Install Chromium or Chrome');
    expect(out).toMatch(/\nIt can’t be told whether the page joins its meeting\.\n$/);
    expect(out).not.toContain('\n\n\n');
  });

  it('says that CHROME_PATH names none', async () => {
    const { code, out } = await cli(['doctor', '--watch', page, '--json'], { env: { CHROME_PATH: 'package.json' } });
    expect(code).toBe(2);
    expect(out).toContain('CHROME_PATH is \\"package.json\\", which isn’t a program.');
  });
});

it.each([
  [['--watch', 'app.example.org'], '--watch must be the address of a page'],
  [['--watch', 'file:///etc/passwd'], '--watch must be the address of a page'],
  [['--watch', 'https://a:b@app.example.org/'], 'takes no user and no password'],
  [['--watch', page, '--room', 'Team'], '--room is about a deployment: add --domain'],
  [['--watch', page, '--wait', 'long'], '--wait is "long"; expected something like 30m'],
  [['--domain', 'meet.example.org', '--wait', '1m'], '--wait is for --watch'],
])('says what is wrong with %j', async (args, sentence) => {
  const { code, err } = await cli(['doctor', ...args], { env: { PATH: '/nowhere' } });
  expect([code, err]).toEqual([64, expect.stringContaining(sentence)]);
});

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIn0.c2lnbmF0dXJl';
const seen: Observations = {
  asked: `${page}?jwt=${token}#jwt=${token}`,
  address: `${page}?jwt=${token}`,
  status: 200,
  unreachable: null,
  tag: { state: 'joined', loading: 'eager', error: null },
  joinedAfter: 1234,
  pressed: [],
  frame: {
    address: 'https://meet.example.org/Team',
    blocked: [{ feature: 'camera', by: 'header', of: 'frame' }],
    storage: 'refused',
    isThirdParty: true,
  },
  issues: [],
  console: [],
};

describe('the report on a page', () => {
  it('names whose header forbids the camera, and that nothing is kept', () => {
    const { problems, joins, sentence } = reportOf(seen);
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['permission-blocked', 'error'],
      ['storage-refused', 'warning'],
    ]);
    expect(problems[0]!.message).toBe(
      'The frame may not use camera: the header Permissions-Policy of the Jitsi server forbids it.',
    );
    expect([joins, sentence]).toEqual(['no', 'The page joins its meeting, but not all of it works.']);
  });

  it('holds no token, whatever page and browser say', () => {
    const text = `open https://meet.example.org/Team?jwt=${token}#jwt="${token}" with ${token}`;
    const details = { blockedURL: `https://meet.example.org/Team?jwt=${token}`, violatedDirective: text };
    const report = reportOf({
      ...seen,
      tag: { state: 'failed', loading: text, error: { code: text, message: text, hint: text } },
      pressed: ['start'],
      issues: [
        { code: 'ContentSecurityPolicyIssue', details },
        { code: 'MixedContentIssue', details: { insecureURL: details.blockedURL } },
        { code: 'CorsIssue', details: { request: { url: details.blockedURL }, corsErrorStatus: { corsError: text } } },
        { code: 'BlockedByResponseIssue', details: { request: { url: details.blockedURL }, reason: text } },
        { code: 'CookieRefused', details: { name: text, domain: text, reasons: [text] } },
        {
          code: 'FramingIssue',
          details: {
            text: `Refused to display '${details.blockedURL}' in a frame because it set 'X-Frame-Options' to 'deny'.`,
          },
        },
      ],
      console: [{ where: 'frame', text: plainText(text) }],
    });
    expect(report.problems).toHaveLength(10);
    expect(JSON.stringify(report)).not.toMatch(/eyJ|\?jwt|#jwt/);
  });

  it('says each thing once, and of many errors in the console ten', () => {
    const issue = { code: 'MixedContentIssue', details: { insecureURL: 'http://a.example/' } };
    const console = Array.from({ length: 15 }, (_, i) => ({ where: 'frame' as const, text: `error ${i}` }));
    const problems = browserProblems({ ...seen, frame: null, issues: [issue, issue], console });
    expect(problems).toHaveLength(12);
    expect(problems.at(-1)!.message).toBe('There are 5 errors more.');
  });

  it('is in lines of one screen’s width', () => {
    expect(plainText(`a\n\u00a0 b\t${'c'.repeat(400)}`)).toHaveLength(300);
    expect(plainAddress('data:text/html,<script>')).toBe('data:');
    expect(plainAddress('https://user:secret@host.example/a?b#c')).toBe('https://host.example/a');
    expect(plainAddress('inline')).toBe('');
  });
});

describe('what a page says', () => {
  it.each([
    ['GET /room?jwt=secret 403', 'GET /room 403'],
    ['went to https://ada:secret@app.example.org/a', 'went to https://app.example.org/a'],
    ['//app.example.org/a#access_token=secret is no page', '//app.example.org/a is no page'],
  ])('is shown without what may be secret: %s', (text, shown) => expect(plainText(text)).toBe(shown));

  it('takes no time by its length', () => {
    const start = process.cpuUsage();
    for (const text of ['eyJ', 'https://', 'https://a@', '?a='].map((each) => each.repeat(300_000))) plainText(text);
    // Half a second where nothing else runs; what looks back at each sign needs minutes.
    expect(process.cpuUsage(start).user).toBeLessThan(5_000_000);
  });
});
