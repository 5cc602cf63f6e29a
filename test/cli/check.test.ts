import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import { generate } from 'selfsigned';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deploymentOptions } from '../../src/cli/deployment.js';
import { checkOptions } from '../../src/cli/check.js';
import { stateNames } from '../../src/cli/room-state.js';
import { distance } from '../../src/cli/table.js';
import { cli, env, meeting } from '../support/run-cli.js';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

async function token(...args: string[]): Promise<string> {
  return (await cli(['token', ...meeting, ...args], { env })).out.trim();
}

describe('check', () => {
  it('says yes (0) to a token that the deployment takes', async () => {
    const { code, out } = await cli(['check', await token(), ...meeting], { env });
    expect(out).toMatch(/Connecting: yes\nJoining: {4}yes/);
    expect(code).toBe(0);
  });

  it('says no (1), why, and what to do', async () => {
    const elsewhere = await cli(['check', await token(), '--domain', 'meet.example.org', '--room', 'board'], { env });
    expect(elsewhere.code).toBe(1);
    expect(elsewhere.out).toMatch(/ERROR room-other\n {2}claim {6}room\n {2}found {6}"my%20room"/);
    const expired = await cli(['check', await token(), ...meeting], { env, now: Date.now() + 2 * 3_600_000 });
    expect(expired.code).toBe(1);
    expect(expired.out).toMatch(/exp/);
  });

  it('says that it can’t tell (2) without the secret', async () => {
    const { code } = await cli(['check', await token(), ...meeting], { env: { JWT_APP_ID: 'my_app' } });
    expect(code).toBe(2);
  });

  it('reads a link, in query or fragment, and standard input', async () => {
    const jwt = await token();
    for (const link of [
      `https://meet.example.org/My%20Room?jwt=${jwt}`,
      `https://meet.example.org/My%20Room#jwt="${jwt}"`,
      `https://meet.example.org/My%20Room#config.a=1&jwt=%22${jwt}%22`,
    ]) {
      expect((await cli(['check', link], { env })).code, link).toBe(0);
      expect((await cli(['check', '-'], { env, input: `${link}\n` })).code, link).toBe(0);
    }
  });

  it('gives the preflight as it is with --json', async () => {
    const { out } = await cli(['check', await token(), ...meeting, '--json'], { env });
    expect(JSON.parse(out)).toMatchObject({ connect: 'accepted', join: 'accepted' });
  });

  it('never shows token or secret', async () => {
    const jwt = await token();
    for (const args of [
      ['check', jwt, ...meeting],
      ['check', jwt, ...meeting, '--json'],
      ['check', `${jwt}x`, ...meeting],
      // In the wrong place.
      ...['--settings', '--public-key', '--jwks', '--secret-file', '--preset', '--domain', '--occupants'].flatMap(
        (option) =>
          [jwt, `meet.example.org/x#jwt=${jwt}`, `"${jwt}"`].map((typed) => ['check', jwt, ...meeting, option, typed]),
      ),
      ['token', ...meeting, '--key-file', jwt],
      ['keys', 'list', '--file', jwt],
      ['config', '--out', jwt],
    ]) {
      const { out, err } = await cli(args, { env });
      expect(out + err).not.toContain(jwt.split('.')[2]);
      expect(out + err).not.toContain(env.JWT_APP_SECRET);
    }
  });

  it('shows a claim without obeying it', async () => {
    const claims = { room: '\u001b[2J\u0007', iss: 'my_app' };
    const odd = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.AAAA`;
    const { code, out } = await cli(['check', odd, ...meeting], { env: { JWT_APP_ID: 'my_app' } });
    expect(code).toBe(1);
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it.each([
    ['nothing', ['check'], /Give a token/],
    ['no room', ['check', 'a.b.c', '--domain', 'meet.example.org'], /--domain and --room/],
    [
      'an unknown preset',
      ['check', 'a.b.c', ...meeting, '--preset', 'heroku'],
      /expected self-hosted, docker, jaas, keycloak or oidc/,
    ],
    ['a file that is not there', ['check', 'a.b.c', ...meeting, '--settings', '/no/such/file'], /can’t be read/],
  ])('says what is wrong with %s', async (_, args, sentence) => {
    const { code, err } = await cli(args, { env });
    expect(code).toBe(64);
    expect(err).toMatch(sentence);
  });
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

describe('the link that is checked', () => {
  it('may lack its scheme, and names domain, room and tenant', async () => {
    const jwt = await token('--tenant', 'acme');
    for (const link of [
      `meet.example.org/acme/My%20Room?jwt=${jwt}`,
      `meet.example.org/acme/My%20Room#jwt="${jwt}"`,
      `meet.example.org/acme/My%20Room?lang=de&jwt=${jwt}#config.a=1`,
      `org.jitsi.meet://meet.example.org/acme/My%20Room?jwt=${jwt}`,
      `//meet.example.org/acme/My%20Room?jwt=${jwt}`,
    ]) {
      const { code, out, err } = await cli(['check', link], { env });
      expect(code, link + out + err).toBe(0);
    }
    expect((await cli(['check', `meet.example.org/My%20Room?jwt=${jwt}`], { env })).code, 'another tenant').toBe(1);
    expect((await cli(['check', `localhost:8443/My%20Room?jwt=${jwt}`], { env })).out).toMatch(/expected +"localhost"/);
  });

  it('is read as Jitsi’s client reads it: quotes in the fragment, none in the query', async () => {
    const jwt = await token();
    for (const [link, code, note] of [
      [`https://meet.example.org/My%20Room?jwt="${jwt}"`, 1, /Jitsi takes the quotes for a part of the token/],
      [`https://meet.example.org/My%20Room?jwt=%22${jwt}%22`, 1, /Jitsi takes the quotes for a part of the token/],
      [`https://meet.example.org/My%20Room#jwt=${jwt}`, 1, /between double quotes only/],
      [`https://meet.example.org/My%20Room?jwt=${jwt}#jwt=${jwt}`, 0, /between double quotes only/],
      [`https://meet.example.org/My%20Room?jwt=wrong#jwt=%22${jwt}%22`, 0, /^$/],
    ] as const) {
      const result = await cli(['check', link], { env });
      expect(result.code, link).toBe(code);
      expect(result.err, link).toMatch(note);
      expect(JSON.parse((await cli(['check', link, '--json'], { env })).out).notes).toHaveLength(result.err ? 1 : 0);
    }
    expect((await cli(['check', `jwt="${jwt}"`, ...meeting], { env })).code).toBe(0);
    const quoted = await cli(['check', `"${jwt}"`, ...meeting], { env });
    expect(quoted).toMatchObject({ code: 1, err: expect.stringMatching(/stands between quotes/) as string });
  });

  it('is JaaS’s where the domain is', async () => {
    const appId = 'vpaas-magic-cookie-0123456789abcdef0123456789abcdef';
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const [pem, spki] = [
      file('jaas.pem', await exportPKCS8(privateKey)),
      file('jaas.pub', await exportSPKI(publicKey)),
    ];
    const signing = ['--app-id', appId, '--key-file', pem, '--kid', '4a5b6c'];
    const { out } = await cli(['token', '--domain', '8x8.vc', '--room', 'Daily', ...signing, '--link']);
    expect((await cli(['check', out])).code, 'without the key').toBe(2);
    expect((await cli(['check', out, '--public-key', spki])).code).toBe(0);
    expect((await cli(['check', out, '--public-key', `${appId}/4a5b6c=${spki}`])).code).toBe(0);
    expect((await cli(['check', out, '--public-key', `${appId}/other=${spki}`])).code).toBe(1);
  });

  it('needs a room', async () => {
    expect(await cli(['check', 'https://meet.example.org/?jwt=a.b.c'])).toMatchObject({ code: 64 });
  });

  it('may be a token that isn’t base64url', async () => {
    expect((await cli(['check', 'eyJhbGci+a/b.eyJp/c=.d/e', ...meeting], { env })).code).toBe(1);
  });
});

describe('whom the token is for', () => {
  const now = Date.UTC(2026, 10, 25, 12);
  const signed = async (claims: object): Promise<string> => {
    const head = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
    return `${head}.AAAA`;
  };

  it('is printed: who, role, features and times', async () => {
    const seconds = now / 1000;
    const odd = await signed({
      iat: seconds - 300,
      nbf: seconds - 60,
      exp: seconds + 3600,
      context: {
        user: { name: 'Ada', email: 'ada@example.org', id: '7', moderator: true },
        features: { recording: true, lobby: 'true', flip: false },
      },
    });
    const { out } = await cli(['check', odd, ...meeting], { env, now });
    expect(out).toContain('Who:        Ada <ada@example.org> (id 7)\n');
    expect(out).toMatch(/Role: +asks for moderator/);
    expect(out).toContain('Features:   lobby, recording; all others are off\n');
    expect(out).toContain('Issued:     2026-11-25T11:55:00.000Z (5 minutes ago)\n');
    expect(out).toContain('Good from:  2026-11-25T11:59:00.000Z (60 seconds ago)\n');
    expect(out).toContain('Good until: 2026-11-25T13:00:00.000Z (in 60 minutes)\n');
    expect(out.indexOf('Good until')).toBeLessThan(out.indexOf('Connecting'));
    const json = JSON.parse((await cli(['check', odd, ...meeting, '--json'], { env, now })).out) as object;
    expect(json).toMatchObject({
      connect: 'rejected',
      token: {
        algorithm: 'HS256',
        user: { name: 'Ada', id: '7' },
        role: { asked: 'moderator' },
        features: { recording: true, flip: false },
        times: { issuedAt: '2026-11-25T11:55:00.000Z', expiresAt: '2026-11-25T13:00:00.000Z' },
      },
    });
  });

  it('and the role that the server gives, and what stands before the room, where the plugins are told', async () => {
    const jwt = await token('--role', 'moderator');
    const { code, out } = await cli(['check', jwt, ...meeting, '--plugin', 'token_affiliation'], { env });
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/Given role: moderator/) as string });
    const json = JSON.parse(
      (await cli(['check', jwt, ...meeting, '--plugin', 'token_affiliation', '--json'], { env })).out,
    );
    expect(json).toMatchObject({ role: 'moderator' });
  });

  it('and what the token doesn’t say', async () => {
    const { out } = await cli(['check', await signed({}), ...meeting], { env, now });
    expect(out).toMatch(/Who: +nobody is named\n/);
    expect(out).toMatch(/Role: +asks for none/);
    expect(out).toMatch(/Features: +as the server has them/);
    expect(out).toMatch(/Good until: it doesn’t say/);
    const none = await cli(['check', await signed({ context: { features: {} } }), ...meeting], { env, now });
    expect(none.out).toMatch(/Features: +all are off/);
    const broken = await cli(['check', 'a.b.c', ...meeting, '--json'], { env, now });
    expect(JSON.parse(broken.out)).toMatchObject({ token: null });
  });

  it.each([
    [0, 'now'],
    [1000, 'in 1 second'],
    [-89_000, '89 seconds ago'],
    [90_000, 'in 1 minute'],
    [-7_200_000, '2 hours ago'],
    [3 * 86_400_000, 'in 3 days'],
  ])('%d ms are %s', (milliseconds, words) => expect(distance(milliseconds)).toBe(words));
});

describe('keys that check is given', () => {
  it('hold a token of a key pair to its public half, in each form', async () => {
    const ring = join(folder, 'ring.json');
    await cli(['keys', 'make', '--file', ring, '--kid', 'k1']);
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const other = await generateKeyPair('RS256', { extractable: true });
    const pem = file('key.pem', await exportPKCS8(privateKey));
    const [right, wrong] = [
      file('right.pub', await exportSPKI(publicKey)),
      file('wrong.pub', await exportSPKI(other.publicKey)),
    ];
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1' };
    const jwks = file('jwks.json', JSON.stringify({ keys: [jwk] }));
    const jwt = await token('--key-file', pem, '--kid', 'k1');
    const ofRing = await token('--key-file', ring);
    for (const [what, given, code] of [
      [jwt, ['--public-key', right], 0],
      [jwt, ['--public-key', wrong], 1],
      [jwt, ['--public-key', `k1=${right}`, '--public-key', `k2=${wrong}`], 0],
      [jwt, ['--public-key', `k2=${right}`], 1],
      [jwt, ['--jwks', jwks], 0],
      [jwt, ['--jwks', file('jwk.json', JSON.stringify(jwk))], 0],
      [jwt, ['--key-ring', ring], 1],
      [ofRing, ['--key-ring', ring], 0],
      [jwt, [], 1],
    ] as const) {
      const result = await cli(['check', what, ...meeting, ...given], {
        env: { JWT_APP_ID: 'my_app', JWT_APP_SECRET: 'x' },
      });
      expect(result.code, given.join(' ') + result.out + result.err).toBe(code);
    }
    // A certificate that a page of a guide hands out holds the key, too.
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'x' }], { keySize: 2048 });
    const certified = await token('--key-file', file('cert.key', key), '--kid', 'k1');
    expect((await cli(['check', certified, ...meeting, '--public-key', file('cert.pem', cert)], { env })).code).toBe(0);
  });

  it('may be the secret alone, or a ring’s', async () => {
    const ring = join(folder, 'shared.json');
    await cli(['keys', 'make', '--file', ring, '--alg', 'HS256', '--kid', 'k1']);
    const set = { JWT_APP_ID: 'my_app' };
    expect(
      (await cli(['check', await token('--key-file', ring), ...meeting, '--key-ring', ring], { env: set })).code,
    ).toBe(0);
    const secret = file('secret', `${env.JWT_APP_SECRET}\n`);
    expect((await cli(['check', await token(), ...meeting, '--secret-file', secret], { env: set })).code).toBe(0);
    expect((await cli(['check', await token(), ...meeting, '--key-ring', ring], { env: set })).code).toBe(1);
  });

  it.each<[what: string, given: () => string[], sentence: RegExp]>([
    ['two sources', () => ['--jwks', 'a', '--secret-file', 'b'], /--jwks and --secret-file/],
    ['a set as a PEM', () => ['--public-key', file('a.json', '{"keys":[]}')], /--jwks/],
    ['a PEM as a set', () => ['--jwks', file('a.pem', '-----BEGIN PUBLIC KEY-----')], /--public-key/],
    ['a file that is not a key set', () => ['--jwks', file('b.json', '{"keys":["hunter2"]}')], /not a set of keys/],
    ['a file that is not a key ring', () => ['--key-ring', file('c.json', '{"keys":["hunter2"')], /not a key ring/],
    ['keys without names', () => ['--public-key', file('d.pem', 'x'), '--public-key', file('e.pem', 'x')], /KID=FILE/],
    ['an empty secret', () => ['--secret-file', file('empty', '\n')], /is empty/],
    ['no file', () => ['--public-key', 'k=/no/such'], /can’t be read: it isn’t there/],
  ])('say what is wrong with %s', async (_, given, sentence) => {
    const { code, err } = await cli(['check', 'a.b.c', ...meeting, ...given()], { env });
    expect(code).toBe(64);
    expect(err).toMatch(sentence);
    expect(err).not.toContain('hunter2');
  });
});

describe('a deployment that goes by other rules than those known here', () => {
  it.each([
    [{ JWT_TOKEN_AUTH_MODULE: 'token_verification_cyberpower' }, /JWT_TOKEN_AUTH_MODULE names another plugin/],
    [{ JWT_AUTH_TYPE: 'hybrid' }, /JWT_AUTH_TYPE names another plugin/],
    [{ AUTH_TYPE: 'internal' }, /AUTH_TYPE is not jwt/],
    [{ ENABLE_AUTH: '0' }, /ENABLE_AUTH is off/],
  ])('is noted: %j', async (more, note) => {
    for (const preset of ['docker', 'self-hosted']) {
      const args = ['check', await token(), ...meeting, '--preset', preset];
      expect((await cli(args, { env: { ...env, ...more } })).err).toMatch(note);
    }
  });

  it('and nothing is noted where all is as it should be, or JaaS takes the token', async () => {
    const usual = {
      ENABLE_AUTH: '1',
      AUTH_TYPE: 'jwt',
      JWT_AUTH_TYPE: 'token',
      JWT_TOKEN_AUTH_MODULE: 'token_verification',
    };
    expect((await cli(['check', await token(), ...meeting], { env: { ...env, ...usual } })).err).toBe('');
    const other = { ...env, AUTH_TYPE: 'ldap' };
    expect((await cli(['check', await token(), ...meeting, '--preset', 'jaas'], { env: other })).err).toBe('');
  });
});

describe('what is so in the room', () => {
  const at = async (options: string[], claims: object = {}): Promise<Record<string, unknown> & { codes: string[] }> => {
    const jwt = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iss: 'my_app', aud: 'jitsi', sub: 'meet.example.org', room: '*', exp: 4e9, ...claims })}.AAAA`;
    const { out, err, code } = await cli(['check', jwt, ...meeting, '--json', ...options], {
      env: { JWT_APP_ID: 'my_app' },
    });
    expect(err).toBe('');
    const { findings, ...answer } = JSON.parse(out) as Record<string, unknown> & {
      findings: { code: string }[];
    };
    return { ...answer, code, codes: findings.map((finding) => finding.code) };
  };

  it('has an option for all that preflight knows of it', async () => {
    const source = ts.createSourceFile(
      'types.ts',
      readFileSync('src/preflight/types.ts', 'utf8'),
      ts.ScriptTarget.Latest,
    );
    const request = source.statements
      .filter(ts.isInterfaceDeclaration)
      .find(({ name }) => name.text === 'PreflightRequest')!;
    const members = request.members.map((member) => (member.name as ts.Identifier).text);
    const others = ['room', 'tenant', 'xmppDomain', 'now', 'roomPassword', 'password'];
    expect([...stateNames, ...others].sort()).toEqual(members.sort());
  });

  it.each<[options: string[], verdict: string, lobby: string | undefined, code: string | undefined]>([
    [['--lobby'], 'rejected', 'lobby', 'lobby-closed'],
    [['--lobby', '--no-display-name'], 'rejected', 'name', 'name-required'],
    [['--lobby', '--password', 'right'], 'accepted', 'none', undefined],
    [['--no-lobby'], 'accepted', 'none', undefined],
    [['--password', 'none'], 'accepted', 'none', undefined],
    [['--password', 'right'], 'accepted', 'none', undefined],
    [['--password', 'wrong'], 'rejected', 'password', 'password-other'],
    [['--password', 'missing'], 'rejected', 'password', 'password-required'],
    [['--plugin', 'token_owner_party'], 'rejected', undefined, 'party-not-started'],
    [['--plugin', 'token_owner_party', '--occupants', '1'], 'accepted', undefined, undefined],
    [['--plugin', 'muc_wait_for_host', '--lobby', '--occupants', '0'], 'accepted', 'none', undefined],
    [['--plugin', 'muc_wait_for_host', '--lobby', '--occupants', '2'], 'rejected', 'lobby', 'lobby-closed'],
    [['--no-room-exists'], 'rejected', undefined, 'room-not-open'],
  ])('is taken from %j', async (options, verdict, lobby, code) => {
    const said = await at([...options, '--no-domain-verification', '--no-room-claim']);
    expect(said['join']).toBe(verdict);
    expect(said['lobby']).toBe(lobby);
    if (code) expect(said.codes).toContain(code);
  });

  it('counts the time that it names', async () => {
    const claims = { nbf: Date.parse('2030-01-01T00:00Z') / 1000 };
    expect((await at(['--at', '2029-12-31T23:00:00Z'], claims)).codes).toContain('token-not-yet-valid');
    expect((await at(['--at', '2030-01-01T01:30+01:00'], claims)).codes).not.toContain('token-not-yet-valid');
  });

  it.each([
    [['--password', 'hunter2'], /^--password says right, wrong/],
    [['--occupants', 'two'], /^--occupants is not a whole number/],
    [['--occupants=-1'], /^--occupants is not a whole number/],
    [['--lobby', '--no-lobby'], /contradict/],
    [['--at', 'tomorrow'], /^--at is "tomorrow"; expected something like 20/],
    [['--at', '2026-11-26T09:00'], /^--at is/],
    [['--display-name', ''], /^--display-name is empty/],
  ])('refuses %j in a sentence that quotes no password', async (options, sentence) => {
    const { code, err } = await cli(['check', 'a.b.c', ...meeting, ...options], { env });
    expect(code).toBe(64);
    expect(err).toMatch(sentence);
    expect(err).not.toContain('hunter2');
  });
});

describe('every setting of a deployment', () => {
  const help = async (): Promise<string> => (await cli(['help'])).out;

  it('has an option, and every option stands in the help', async () => {
    const source = ts.createSourceFile(
      'types.ts',
      readFileSync('src/preflight/types.ts', 'utf8'),
      ts.ScriptTarget.Latest,
    );
    const deployment = source.statements
      .filter(ts.isInterfaceDeclaration)
      .find(({ name }) => name.text === 'Deployment')!;
    const members = deployment.members.map((member) => (member.name as ts.Identifier).text);
    expect(members.length).toBeGreaterThan(10);
    const { settingNames } = await import('../../src/cli/deployment.js');
    // That one is a setting of the app; no verdict hangs on it.
    expect([...settingNames, 'keys', 'tokenAuthUrl'].sort()).toEqual(members.sort());
    const text = await help();
    for (const option of Object.keys({ ...deploymentOptions, ...checkOptions })) expect(text).toContain(`--${option}`);
  });

  it.each<[option: string[], without: number, withIt: number, claims: object, world?: Record<string, string>]>([
    [['--app-id', 'other'], 1, 2, { iss: 'other' }],
    [['--issuer', 'https://sso', '--issuer', 'x'], 1, 2, { iss: 'x' }],
    [['--issuer', 'x,*'], 1, 2, { iss: 'other' }],
    [['--audience', 'account'], 1, 2, { aud: 'account' }, { JWT_ACCEPTED_AUDIENCES: 'jitsi' }],
    [['--audience', 'account'], 2, 1, { aud: 'jitsi' }],
    [['--algorithm', 'HS512'], 2, 1, {}],
    [['--no-room-claim'], 1, 2, { room: undefined }],
    [['--no-domain-verification'], 1, 2, { sub: 'elsewhere' }],
    [['--domain-verification'], 2, 1, { sub: 'elsewhere' }, { JWT_ENABLE_DOMAIN_VERIFICATION: '0' }],
    [['--xmpp-domain', 'meet.jitsi'], 1, 2, { sub: 'meet.jitsi' }],
    [['--muc-mapper-domain-base', 'meet.jitsi'], 1, 2, { sub: 'meet.jitsi' }],
    [['--no-muc-mapper-domain-base'], 2, 1, {}],
    [['--guest-domain', 'g.example', '--connect-to', 'g.example', '--allow-empty'], 1, 0, { iss: 'other' }],
    [['--plugin', 'a,presence_identity'], 2, 1, { context: { user: { name: '\u0000' } } }],
    [['--release', '2026-03', '--no-domain-verification'], 1, 2, { sub: undefined }],
    [['--proxy', 'none'], 1, 2, { pad: 'x'.repeat(6200) }],
  ])('counts: %j', async (option, without, withIt, claims, world = {}) => {
    const common = { iss: 'my_app', aud: 'jitsi', sub: 'meet.example.org', room: 'my%20room', exp: 4e9 };
    const jwt = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...common, ...claims })}.AAAA`;
    const given = { env: { JWT_APP_ID: 'my_app', ...world } };
    expect((await cli(['check', jwt, ...meeting], given)).code, 'without').toBe(without);
    const { code, out } = await cli(['check', jwt, ...meeting, ...option], given);
    expect(code, out).toBe(withIt);
  });

  it('--allow-empty lets a link without a token in', async () => {
    const link = 'https://meet.example.org/room';
    expect((await cli(['check', link], { env })).code).toBe(1);
    expect((await cli(['check', link, '--allow-empty'], { env })).code).toBe(0);
    expect((await cli(['check', link], { env: { ...env, JWT_ALLOW_EMPTY: '1' } })).code).toBe(0);
    expect((await cli(['check', link, '--no-allow-empty'], { env: { ...env, JWT_ALLOW_EMPTY: '1' } })).code).toBe(1);
  });

  it('is not contradicted', async () => {
    const { code, err } = await cli(['check', 'a.b.c', ...meeting, '--allow-empty', '--no-allow-empty'], { env });
    expect({ code, err }).toEqual({ code: 64, err: '--allow-empty and --no-allow-empty contradict each other.\n' });
  });
});

describe('settings in a file', () => {
  const secret = 'a8F$kq9!x#Lm2Zp4@Vt7&Wn0*Rb3^Yc6%';
  const signed = async (): Promise<string> => token('--key-file', file('whole', secret));

  it.each<[line: string, code: number, note: RegExp]>([
    [`JWT_APP_SECRET='${secret}'`, 0, /^$/],
    [`JWT_APP_SECRET='${secret}' # mine`, 0, /^$/],
    [`JWT_APP_SECRET="${secret.replace('$', '$$$$')}" # mine`, 0, /one \$/],
    [`JWT_APP_SECRET="${secret}"`, 1, /JWT_APP_SECRET \(line 2\): Docker Compose changes this value/],
    [`JWT_APP_SECRET=${secret}`, 1, /JWT_APP_SECRET \(line 2\): Docker Compose changes this value/],
  ])('are what Compose makes of them: %s', async (line, code, note) => {
    const settings = file('.env', `JWT_APP_ID=my_app\n${line}\nOTHER=$x\n`);
    const args = ['check', await signed(), ...meeting, '--settings', settings];
    const result = await cli(args);
    expect(result.code, result.out).toBe(code);
    expect(result.err).toMatch(note);
    expect(result.err).not.toMatch(/kq9|Lm2|OTHER/);
    expect(JSON.parse((await cli([...args, '--json'])).out).notes).toHaveLength(result.err ? 1 : 0);
  });

  it('go before the environment, and options go before both', async () => {
    const settings = file('three.env', 'JWT_APP_ID=theirs\n');
    const args = ['check', await token('--app-id', 'third'), ...meeting, '--settings', settings];
    expect((await cli(args, { env: { ...env, JWT_APP_ID: 'third' } })).code).toBe(1);
    expect((await cli([...args, '--app-id', 'third'], { env })).code).toBe(0);
  });

  it('named by --env-file are refused: Node takes that for itself', async () => {
    for (const given of [['--env-file', 'x'], ['--env-file=x']]) {
      const { code, err } = await cli(['check', 'a.b.c', ...meeting, ...given], { env });
      expect(code).toBe(64);
      expect(err).toMatch(/Use --settings instead/);
    }
  });
});

describe('what is printed', () => {
  // Controls, both directions, invisible, line and paragraph separators, fillers, tags, half a character, private use.
  const odd = [
    ...'\u0007\u001b\u007f\u009b\u00a0\u00ad\u034f\u061c\u115f\u180e\u200b\u200d\u200e\u202a\u202e\u2028\u2029',
  ];
  odd.push(...'\u2060\u2066\u2069\u2800\u3164\ufe0f\ufeff\uffa0\ufff9\ue000\ufdd0', '\ud800', '\u{e0041}', '\u{1d173}');

  it('shows every character of a claim and obeys none', async () => {
    for (const character of odd) {
      const text = `a${character}b`;
      const claims = { room: text, iss: text, sub: text, aud: text, context: { user: { name: text, id: text } } };
      const jwt = `${part({ alg: text, typ: text, kid: text })}.${part(claims)}.AAAA`;
      for (const extra of [[], ['--json'], ['--plugin', text], ['--app-id', text]]) {
        const { out, err } = await cli(['check', jwt, ...meeting, ...extra], { env: { JWT_APP_ID: 'my_app' } });
        // Bytes that are not UTF-8 became U+FFFD, which should be visible.
        expect((out + err).includes(character), character.codePointAt(0)!.toString(16)).toBe(false);
      }
      for (const args of [
        ['check', jwt, '--domain', text, '--room', 'x'],
        ['check', jwt, ...meeting, '--preset', text],
        ['check', jwt, ...meeting, '--settings', text],
        ['token', ...meeting, '--role', text],
        ['token', ...meeting, '--expires-in', text],
        ['config', '--domain', 'a.b', '--app-id', 'a', '--install', text],
        ['keys', 'list', '--file', text],
      ]) {
        const { code, err } = await cli(args, { env });
        // By the rules for names, a soft hyphen is not part of a domain.
        expect(code, args.join(' ')).toBe(args[1] === jwt && args[3] === text && code !== 64 ? 1 : 64);
        expect(err.includes(character), args.join(' ')).toBe(false);
      }
    }
  });

  it('is JSON of the same text', async () => {
    const text = 'a\u202eb\u{e0041}c\u2028';
    const jwt = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ context: { user: { name: text } } })}.AAAA`;
    const { out } = await cli(['check', jwt, ...meeting, '--json'], { env });
    expect(JSON.parse(out)).toMatchObject({ token: { user: { name: 'a\u202eb\u{e0041}c' } } });
    // eslint-disable-next-line no-control-regex
    expect(out).toMatch(/^[\u0000-\u007f’“”…]*$/);
  });
});

describe('a call that is wrong', () => {
  it.each<[args: string[], sentence: RegExp]>([
    [['check', 'a.b.c', '--domain', 'd.example', '--room'], /^--room lacks its value/],
    [['check', 'a.b.c', '--room', '--domain', 'd.example'], /^--room lacks its value/],
    [['check', 'a.b.c', '--domain', 'd.example', '--json=yes', '--room', 'r'], /^--json takes no value/],
    [['check', 'a.b.c', ...meeting, '--room', 'other'], /^--room is given twice/],
    [['check', 'a.b.c', 'd.e.f', ...meeting], /argument too many/],
    [['check', 'a.b.c', ...meeting, '--app-id='], /^--app-id is empty/],
    [['check', 'a.b.c', ...meeting, '--hunter2=x'], /^There is no option/],
    [['check', 'a.b.c', ...meeting, '-x'], /^There is no option -x/],
    [['token', ...meeting, '--features', 'flying'], /there is no "flying"/],
    [['config', '--domain', 'a.b', '--app-id', 'a', '--out', 'package.json'], /can’t be read or written/],
  ])('is told in a sentence: %j', async (args, sentence) => {
    const { code, out, err } = await cli(args, { env });
    expect({ code, out }).toEqual({ code: 64, out: '' });
    expect(err).toMatch(sentence);
    expect(err).not.toMatch(/\n +at |grant|hunter2=/);
  });

  it('ends in a code of the help, and tells no secret, whatever is typed', async () => {
    const jwt = await token();
    const secret = env.JWT_APP_SECRET;
    const words = [
      ...Object.keys({ ...deploymentOptions, ...checkOptions }).map((name) => `--${name}`),
      '--app-secret',
      '--kid',
      '--alg',
      '--key-file',
      '--link',
      '--expires-in',
      '--features',
      '--role',
      '--id',
      '--',
      '-',
      '-x',
      '',
      '=',
      'a.b.c',
      jwt,
      `"${jwt}"`,
      secret,
      `--secret=${secret}`,
      'meet.example.org',
      'Team',
      'https://meet.example.org/x?jwt=',
      `meet.example.org/x#jwt=${jwt}`,
      '//',
      '/',
      'jaas',
      'docker',
      '2026-07',
      '/',
      '.',
      'package.json',
      '\u0000',
      'k=package.json',
      '{',
      '[]',
      '99999999999d',
      '1h',
      '*',
      '__proto__',
      file('some.json', '{"keys":[null]}'),
      file('ring-of-nothing.json', '{"keys":[{"kid":"a"}]}'),
      file('key.env', `JWT_APP_SECRET="${secret}\n`),
    ];
    const anything = fc.oneof(fc.constantFrom(...words), { arbitrary: fc.string(), weight: 1 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('check', 'token'), fc.array(anything, { maxLength: 8 }), async (name, args) => {
        const { code, out, err } = await cli([name, ...args, ...meeting.slice(args.length % 2 === 0 ? 0 : 4)], {
          env,
          input: jwt,
        });
        expect([0, 1, 2, 64]).toContain(code);
        expect(err).not.toMatch(/\n +at |^TypeError/m);
        expect(err).not.toContain(jwt.split('.')[2]);
        if (!args.includes(secret)) expect(out + err).not.toContain(secret);
        if (name === 'check') expect(out).not.toContain(jwt.split('.')[2]);
      }),
      { numRuns: 300 },
    );
  });
});
