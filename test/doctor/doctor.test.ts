import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createStandin, type Standin, type StandinPolicy } from '../../demo/standin/index.js';
import type { DoctorWorld, Report } from '../../src/doctor/index.js';
import { runCli } from '../../src/cli/main.js';
import { policy as standard, secret } from '../support/standin.js';

const env = { JWT_APP_ID: 'my_app', JWT_APP_SECRET: secret, XMPP_DOMAIN: 'meet.example.com' };

let standin: Standin;
afterEach(() => standin.close());

interface World {
  policy?: Partial<StandinPolicy>;
  /** Answers instead of the stand-in, for some addresses. */
  instead?: (address: string, body?: string) => Response | undefined;
  upgrade?: number;
}

/** Runs `doctor` against a stand-in whose time goes on only while the doctor waits. */
async function doctor(args: string[], { policy = {}, instead, upgrade = 101 }: World = {}) {
  // A whole second, so that the server’s words are the same each time.
  let time = Math.floor(Date.now() / 1000) * 1000;
  const connections: number[] = [];
  standin = createStandin({ ...standard, ...policy }, { pace: 0.01, now: () => new Date(time) });
  const world: DoctorWorld = {
    async fetch(input, init) {
      const address = String(input);
      if (typeof init?.body === 'string' && !init.body.includes('sid=')) connections.push(time);
      const url = new URL(address);
      return (
        instead?.(address, init?.body as string | undefined) ??
        (await standin.app.request(`https://meet.example.com${url.pathname}${url.search}`, init))
      );
    },
    async upgrade() {
      return upgrade;
    },
    async wait(ms) {
      time += ms;
    },
    now: () => time,
  };
  let out = '';
  let err = '';
  const code = await runCli(['doctor', '--domain', 'meet.example.com', ...args], {
    env,
    write: (text) => void (out += text),
    warn: (text) => void (err += text),
    read: async () => '',
    now: () => time,
    version: () => '1.2.3',
    doctor: world,
  });
  return { code, out, err, connections };
}

async function report(world?: World, ...args: string[]): Promise<Report & { code: number }> {
  const { code, out, err } = await doctor(['--json', ...args], world);
  expect(err).toBe('');
  return { ...(JSON.parse(out) as Report), code };
}

describe('a deployment that is set up well', () => {
  it('lets only a valid token in, and the doctor says so', async () => {
    const { code, out, connections } = await doctor([]);
    expect(out).toContain(
      '\nOnly a valid token gets in. Your settings let in, too: a token for another audience (aud).\n',
    );
    expect(code).toBe(0);
    expect(out).not.toMatch(/eyJ|a-secret/);
    expect(connections).toHaveLength(12);
    // At most three in a second.
    for (let i = 3; i < connections.length; i++) expect(connections[i]! - connections[i - 3]!).toBeGreaterThan(1000);
  });

  it('answers each trial as preflight expects, in its own words', async () => {
    const { trials, problems } = await report();
    expect(problems).toEqual([]);
    const answers = Object.fromEntries(
      trials.map(({ name, connect, join }) => [
        name,
        'text' in connect ? connect.text : join && 'text' in join ? join.text : 'in',
      ]),
    );
    expect(answers).toEqual({
      valid: 'in',
      none: 'token required',
      expired: 'Not acceptable by exp (3600.0 sec since expired, valid for:3600.0 sec)',
      'not-yet-valid': 'Not acceptable by nbf',
      'other-secret': 'Invalid signature',
      'other-issuer': "invalid 'iss' claim",
      'other-audience': 'in',
      'other-room': 'Room and token mismatched',
      'other-tenant': 'Room and token mismatched',
      'user-in-sub': 'Room and token mismatched',
      'no-typ': 'Invalid typ',
      'alg-none': 'Invalid token',
    });
  });

  it('is examined in a tenant, too', async () => {
    const { trials, onlyValid, sentence } = await report(
      { policy: { acceptedAudiences: ['jitsi'] } },
      '--tenant',
      'acme',
      '--audience',
      'jitsi',
    );
    expect(onlyValid).toBe('yes');
    expect(sentence).toBe('Only a valid token gets in.');
    expect(trials.filter(({ join }) => join?.answer === 'accepted').map(({ name }) => name)).toEqual(['valid']);
  });
});

/** The misconfigurations, each as it is met: what is set up, the code, and what the fix names. */
const faults: [name: string, world: World, code: string, fix: string, exit: number][] = [
  [
    'token_verification missing',
    { policy: { tokenVerification: false } },
    'room-check-missing',
    'token_verification',
    1,
  ],
  ['anonymous login on', { policy: { authentication: 'anonymous' } }, 'anonymous-login', 'authentication = "token"', 1],
  [
    'anonymous login on, and no plugin in the rooms',
    { policy: { authentication: 'anonymous', tokenVerification: false } },
    'anonymous-login',
    'authentication = "token"',
    1,
  ],
  [
    'empty tokens allowed',
    { policy: { allowEmptyToken: true } },
    'empty-token-allowed',
    'allow_empty_token = false',
    1,
  ],
  [
    'no domain verification',
    { policy: { domainVerification: false } },
    'domain-check-missing',
    'enable_domain_verification',
    1,
  ],
  [
    'another secret',
    { policy: { appSecret: 'another secret of the server, long enough' } },
    'other-secret',
    'app_secret',
    1,
  ],
  ['Lua modules missing', { policy: { authentication: 'broken' } }, 'login-modules-missing', 'lua-basexx', 2],
  ['Jicofo down', { policy: { jicofo: false } }, 'jicofo-down', 'Jicofo', 2],
  [
    'BOSH not routed',
    { instead: (address) => (address.includes('http-bind') ? new Response('<html>404', { status: 404 }) : undefined) },
    'bosh-not-routed',
    '/http-bind',
    2,
  ],
  [
    'Prosody down',
    { instead: (address) => (address.includes('http-bind') ? new Response('', { status: 502 }) : undefined) },
    'server-down',
    'Prosody',
    2,
  ],
  ['websocket not routed', { upgrade: 404 }, 'websocket-not-routed', 'xmpp-websocket', 2],
  ['another app id', { policy: { appId: 'other_app' } }, 'valid-refused', 'app_id', 1],
  ['another XMPP domain', { policy: { xmppDomain: 'meet.jitsi' } }, 'valid-refused', 'sub', 1],
];

describe('tells apart', () => {
  it.each(faults)('%s', async (_name, world, code, fix, exit) => {
    const result = await report(world);
    expect(result.problems[0]).toMatchObject({ code });
    expect(result.problems.filter(({ severity }) => severity === 'error')).toHaveLength(1);
    expect(`${result.problems[0]!.message} ${result.problems[0]!.fix}`).toContain(fix);
    expect(result.code).toBe(exit);
    expect(result.sentence).not.toMatch(/^Only/);
  });
});

describe('looks at the site', () => {
  it('and says which certificate a browser would refuse', async () => {
    const failing = (code: string) => () => {
      throw Object.assign(new TypeError('fetch failed'), { cause: { code } });
    };
    const { problems, code } = await report({ instead: failing('DEPTH_ZERO_SELF_SIGNED_CERT') });
    expect(problems[0]).toMatchObject({ code: 'certificate' });
    expect(code).toBe(2);
    expect((await report({ instead: failing('ENOTFOUND') })).problems[0]).toMatchObject({ code: 'site-unreachable' });
  });

  it('and at the headers of the room page, Jitsi’s script, and the clock', async () => {
    const { problems } = await report({
      instead(address) {
        if (address.endsWith('external_api.js')) return new Response('<html>', { status: 200 });
        if (/\/doctor-\w+$/.test(new URL(address).pathname))
          return new Response('', { headers: { 'x-frame-options': 'DENY' } });
        return undefined;
      },
    });
    expect(problems.map(({ code }) => code).sort()).toEqual(['framing-forbidden', 'script-missing']);
  });

  it.each<[file: string, header: string, value: string, code: string | null]>([
    ['room', 'permissions-policy', 'geolocation=(), camera=()', 'permission-blocked'],
    ['room', 'permissions-policy', 'microphone=("https://other.example")', 'permission-blocked'],
    ['room', 'permissions-policy', 'camera=(self), microphone=*, display-capture=("https://meet.example.com")', null],
    ['room', 'permissions-policy', 'geolocation=()', null],
    ['room', 'cache-control', 'public, max-age=86400', 'room-page-cached'],
    ['room', 'cache-control', 's-maxage=60, max-age=0', 'room-page-cached'],
    ['room', 'cache-control', 'no-cache, max-age=86400', null],
    ['room', 'cache-control', 'max-age=0', null],
    ['script', 'cross-origin-resource-policy', 'same-origin', 'script-forbidden'],
    ['script', 'cross-origin-resource-policy', 'cross-origin', null],
  ])('and at what the %s is sent with: %s: %s', async (file, header, value, code) => {
    const { problems, sentence } = await report({
      instead(address) {
        const { pathname } = new URL(address);
        if (file === 'script' && pathname === '/external_api.js')
          return new Response('JitsiMeetExternalAPI', { headers: { [header]: value } });
        return file === 'room' && /\/doctor-\w+$/.test(pathname)
          ? new Response('', { headers: { [header]: value } })
          : undefined;
      },
    });
    expect(problems.map((problem) => [problem.code, problem.severity])).toEqual(code ? [[code, 'warning']] : []);
    for (const { message } of problems) expect(message).toContain(value.split(', ').at(-1));
    expect(sentence).toMatch(/^Only a valid token gets in\./);
  });
});

it('does not call it only the valid ones where the settings let guests in', async () => {
  const { onlyValid, sentence } = await report({ policy: { allowEmptyToken: true } }, '--allow-empty');
  expect(onlyValid).toBe('yes');
  expect(sentence).toBe(
    'A valid token gets in. Your settings let in, too: no token, a token for another audience (aud).',
  );
});

it('takes silence for an answer after ten seconds', async () => {
  const start = Date.now();
  const silent = '<body xmlns="http://jabber.org/protocol/httpbind"/>';
  const instead = (_address: string, body = '') => (body.includes('<auth ') ? new Response(silent) : undefined);
  const { problems, trials, onlyValid } = await report({ instead });
  expect(trials.map(({ connect }) => connect.answer)).toEqual(Array(12).fill('silence'));
  expect(problems[0]).toMatchObject({ code: 'valid-refused' });
  expect(problems[0]!.message).toBe('A valid token is left without an answer when it connects.');
  expect(onlyValid).toBe('unknown');
  expect(Date.now() - start).toBeLessThan(10_000);
});

it('examines server and page in one go, and the worse result counts', async () => {
  // Without a browser, nothing can be told of the page.
  const args = ['--watch', 'https://app.example.org/meeting'];
  const both = await doctor(args);
  expect(both.code).toBe(2);
  expect(both.out).toMatch(/\nOnly a valid token gets in\..*\n\nhttps:\/\/app\.example\.org\/meeting\n/);
  expect(both.out).toMatch(/\nIt can’t be told whether the page joins its meeting\.\n$/);
  const { out, code } = await doctor([...args, '--json'], { policy: { tokenVerification: false } });
  expect(JSON.parse(out)).toMatchObject({ onlyValid: 'no', page: { joins: 'unknown' } });
  expect(code).toBe(1);
});

it('says what a call lacks', async () => {
  const { code, err } = await doctor(['--room']);
  expect([code, err]).toEqual([64, '--room lacks its value. (A value that begins with - is given as --room=VALUE.)\n']);
});

describe('a deployment that takes a provider’s tokens', () => {
  const issuer = 'https://id.example.org/realms/main';
  let folder: string;
  let privateKey: CryptoKey;
  let ofProvider: Partial<StandinPolicy>;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'doctor-provider-'));
    const pair = await generateKeyPair('RS256', { extractable: true });
    privateKey = pair.privateKey;
    writeFileSync(
      path.join(folder, 'jwks.json'),
      JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k' }] }),
    );
    writeFileSync(path.join(folder, 'token.txt'), await accessToken(600));
    ofProvider = {
      publicKeys: { k: await exportSPKI(pair.publicKey) },
      acceptedIssuers: [issuer],
      acceptedAudiences: ['account'],
      requireRoomClaim: false,
      domainVerification: false,
    };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const accessToken = (life: number): Promise<string> =>
    new SignJWT({ azp: 'jitsi', sub: 'u-1' })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'k' })
      .setIssuer(issuer)
      .setAudience('account')
      .setExpirationTime(Math.floor(Date.now() / 1000) + life)
      .sign(privateKey);

  const given = (): string[] =>
    `--preset keycloak --issuer ${issuer} --token-file ${folder}/token.txt --jwks ${folder}/jwks.json`.split(' ');
  /** Without the secret of `standard`, which would count before public keys. */
  const policyOf = (change: Partial<StandinPolicy> = {}): Partial<StandinPolicy> => ({
    ...ofProvider,
    appSecret: undefined as unknown as string,
    ...change,
  });

  it('is examined with one of them, and the doctor says what it can’t try', async () => {
    const { code, out, err } = await doctor(given(), { policy: policyOf() });
    expect(out).toMatch(/\nOnly a valid token gets in\.\n$/);
    expect(err).toContain('can’t be tried without the provider’s private key');
    expect(code).toBe(0);
    expect(out).not.toContain('eyJ');
  });

  it.each<[string, Partial<StandinPolicy>, string, RegExp]>([
    [
      'takes everybody',
      { authentication: 'anonymous' },
      'anonymous-login',
      /Not only a valid token|doesn’t get in|can’t be told/,
    ],
    ['expects another audience', { acceptedAudiences: ['meet'] }, 'valid-refused', /A valid token doesn’t get in/],
    ['wants a room in the token', { requireRoomClaim: true }, 'valid-refused', /A valid token doesn’t get in/],
    ['lets guests in', { allowEmptyToken: true }, 'empty-token-allowed', /also: no token/],
  ])('is told apart where it %s', async (_, change, problem, sentence) => {
    const { code, out } = await doctor([...given(), '--json'], { policy: policyOf(change) });
    const { problems, sentence: said } = JSON.parse(out) as Report;
    expect(problems.map((each) => each.code)).toContain(problem);
    if (change.requireRoomClaim) expect(problems[0]!.fix).toContain('asap_require_room_claim = false');
    expect(said).toMatch(sentence);
    expect(code).not.toBe(0);
  });

  it.each<[string, () => Promise<string[]> | string[], string]>([
    ['no keys', () => given().slice(0, -2), '--token-file needs --jwks FILE'],
    ['keys of one’s own', () => [...given(), '--kid', 'k'], '--keys and --kid are for tokens of your own'],
    ['keys without a token', () => ['--jwks', path.join(folder, 'jwks.json')], '--jwks is for --token-file'],
    ['a file with something else', () => given().with(5, path.join(folder, 'jwks.json')), 'has to hold a token (JWT)'],
    [
      'an expired token',
      async () => {
        writeFileSync(path.join(folder, 'old.txt'), await accessToken(-60));
        return given().with(5, path.join(folder, 'old.txt'));
      },
      'The token of --token-file expired at',
    ],
  ])('is refused in one sentence with %s', async (_, args, sentence) => {
    const { code, err } = await doctor(await args(), { policy: policyOf() });
    expect([code, err]).toEqual([64, expect.stringContaining(sentence)]);
    expect(err).not.toContain('eyJ');
  });
});
