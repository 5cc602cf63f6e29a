// Tokens straight from an OpenID provider: what config writes for them, and what check says of them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../scripts/programs.js';
import { readEnvFile } from '../../src/cli/env-file.js';
import { checkedByProsody } from '../support/prosody.js';
import { readRecording } from '../support/prosody-verdicts.js';
import { cli, env, type World } from '../support/run-cli.js';

const issuer = 'https://id.example.org/realms/main';
const keycloak = ['--auth', 'keycloak', '--domain', 'meet.example.org', '--issuer', issuer, '--client-id', 'jitsi'];
const meeting = ['--domain', 'meet.example.org', '--room', 'My Room'];

let folder: string;
let privateKey: CryptoKey;
let jwks: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'provider-'));
  const pair = await generateKeyPair('RS256', { extractable: true });
  privateKey = pair.privateKey;
  jwks = join(folder, 'jwks.json');
  writeFileSync(jwks, JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', use: 'sig' }] }));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Of the shape of Keycloak's access tokens. */
const accessToken = (claims: JWTPayload = {}, typ = 'JWT'): Promise<string> =>
  new SignJWT({
    jti: 'onrtac:5f2c',
    azp: 'jitsi',
    sid: 'c1',
    acr: '1',
    scope: 'openid profile email',
    realm_access: { roles: ['offline_access'] },
    preferred_username: 'ada',
    sub: '7c1c9a6e-0000-4000-8000-00000000bbbb',
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', typ, kid: 'k1' })
    .setIssuer(issuer)
    .setAudience((claims.aud as string | undefined) ?? 'account')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey);

async function written(args: readonly string[], world: World = {}): Promise<string> {
  const out = mkdtempSync(join(folder, 'out-'));
  const { code, err } = await cli(['config', ...args, '--out', out], world);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');

/** What config.js comes to. */
function configOf(script: string): Record<string, unknown> {
  const config = {};
  runInNewContext(script, { config });
  return config;
}

const signIn = {
  tokenAuthUrl:
    `${issuer}/protocol/openid-connect/auth?client_id=jitsi&response_type=code&scope=openid&state={state}` +
    '&redirect_uri=https%3A%2F%2Fmeet.example.org%2Fstatic%2Fsso.html&code_challenge={code_challenge}&code_challenge_method=S256',
  tokenAuthInline: true,
  sso: {
    ssoService: 'id.example.org',
    // The app itself puts https:// before and /token behind.
    tokenService: 'id.example.org/realms/main/protocol/openid-connect',
    clientId: 'jitsi',
  },
  tokenLogoutUrl: `${issuer}/protocol/openid-connect/logout?client_id=jitsi&post_logout_redirect_uri=https%3A%2F%2Fmeet.example.org%2Fstatic%2Flogout.html`,
  disableAudioLevels: true,
};

describe('config --auth keycloak', () => {
  it('writes for Debian what Prosody and the app need, without a secret', async () => {
    const out = await written([...keycloak, '--install', 'debian']);
    const lua = read(out, 'prosody/meet.example.org.cfg.lua');
    expect(/VirtualHost[^]*?enable_domain_verification.*\n/.exec(lua)?.[0]).toBe(`VirtualHost "meet.example.org"
    authentication = "token" -- do not delete me
    app_id = "jitsi"
    allow_empty_token = false
    cache_keys_url = "${issuer}/protocol/openid-connect/certs"
    signature_algorithm = "RS256"
    asap_accepted_issuers = { "${issuer}" }
    asap_accepted_audiences = { "account" }
    asap_require_room_claim = false
    enable_domain_verification = false
`);
    expect(lua).not.toContain('app_secret');
    expect(configOf(read(out, 'meet/meet.example.org-config.js'))).toEqual(signIn);
    const steps = read(out, 'STEPS.md');
    for (const limit of [/opens every room/, /name no moderator/, /8,141/]) expect(steps).toMatch(limit);
    expect(steps).toContain('https://meet.example.org/static/sso.html');
  });

  it('writes for docker the variables that exist, the rest as lines of Prosody and of config.js', async () => {
    const out = await written([...keycloak, '--install', 'docker', '--audience', 'account,meet']);
    expect(readEnvFile(join(out, 'jitsi.env'))).toMatchObject({
      AUTH_TYPE: 'jwt',
      JWT_APP_ID: 'jitsi',
      JWT_APP_SECRET: '',
      JWT_SIGN_TYPE: 'RS256',
      JWT_ACCEPTED_ISSUERS: issuer,
      JWT_ACCEPTED_AUDIENCES: 'account,meet',
      JWT_ENABLE_DOMAIN_VERIFICATION: '0',
      XMPP_CONFIGURATION: `cache_keys_url="${issuer}/protocol/openid-connect/certs",asap_require_room_claim=false`,
      TOKEN_AUTH_URL: signIn.tokenAuthUrl,
    });
    expect(configOf(read(out, 'web/custom-config.js'))).toEqual(signIn);
  });

  it.each(['debian', 'docker'])('makes a deployment that takes such a token: %s', async (install) => {
    const out = await written([...keycloak, '--install', install]);
    const given = ['--preset', 'keycloak', '--settings', join(out, 'check.env'), '--jwks', jwks];
    const token = await accessToken();
    const { code, out: table } = await cli(['check', token, ...meeting, ...given]);
    expect(code, table).toBe(0);
    expect(table).not.toMatch(/ERROR|WARNING/);
    if (install === 'docker') {
      const docker = ['--preset', 'docker', '--settings', join(out, 'jitsi.env'), '--jwks', jwks];
      expect((await cli(['check', token, ...meeting, ...docker])).code).toBe(0);
    }
    for (const [name, other] of Object.entries({
      list: await accessToken({ aud: ['account', 'meet'] as unknown as string }),
      'at+jwt': await accessToken({}, 'at+jwt'),
      changed: `${token.slice(0, -8)}AAAAAAAA`,
    }))
      expect((await cli(['check', other, ...meeting, ...given])).code, name).toBe(1);
  });

  it('takes issuer, client and audience from the environment, too', async () => {
    const world = { env: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'jitsi', JWT_ACCEPTED_AUDIENCES: 'meet' } };
    const out = await written(['--auth', 'keycloak', '--domain', 'meet.example.org', '--install', 'debian'], world);
    expect(readEnvFile(join(out, 'check.env'))).toMatchObject({
      JWT_ACCEPTED_ISSUERS: issuer,
      JWT_ACCEPTED_AUDIENCES: 'meet',
    });
  });

  it.each<[string[], string]>([
    [['--issuer', 'https://id.example.org'], 'expected a realm’s address'],
    [['--issuer', 'http://id.example.org/realms/main'], '--issuer must be an https address'],
    [['--issuer', 'https://id.example.org/realms/a"b'], '--issuer must be an https address'],
    [['--client-id', "a'b"], '--client-id may hold'],
    [['--audience', 'a"b'], '--audience may hold'],
    [['--app-id', 'my_app'], '--app-id is for tokens of your own backend'],
    [['--token-auth-url', 'https://a.example'], '--token-auth-url is for tokens of your own backend'],
    [['--auth', 'saml'], 'expected backend (yours signs tokens), keycloak, or oidc'],
  ])('says what is wrong with %j', async (change, sentence) => {
    const [option] = change as [string];
    const at = keycloak.indexOf(option);
    const args = at < 0 ? keycloak : keycloak.toSpliced(at, 2);
    const { code, err } = await cli(['config', ...args, ...change, '--install', 'debian']);
    expect([code, err]).toEqual([64, expect.stringContaining(sentence)]);
  });

  it('asks for what is missing by its name', async () => {
    const { err } = await cli(['config', '--auth', 'keycloak', '--domain', 'meet.example.org', '--install', 'debian']);
    expect(err).toContain('--issuer is missing; for instance --issuer https://id.example.org/realms/main');
    const own = await cli(['config', '--domain', 'meet.example.org', '--app-id', 'a', '--issuer', issuer]);
    expect(own.err).toContain('--issuer is for --auth keycloak and oidc');
  });

  const reason = missing('prosodyctl');
  it.skipIf(reason)(`is read by a real Prosody ${reason ?? ''}`, async () => {
    const out = await written([...keycloak, '--install', 'debian']);
    const printed = checkedByProsody(out, folder);
    expect(printed).toContain('All checks passed, congratulations!');
  });
});

describe('the preset, with what config writes', () => {
  const { policies, cases } = readRecording('2026-07');
  const policy = policies['keycloak-no-domain']!;
  const recorded = cases.filter((one) => one.policy === 'keycloak-no-domain' && one.group === 'keycloak' && one.token);

  it('says of Keycloak’s tokens what a real server answered', async () => {
    const [realm] = policy.accepted_issuers as [string];
    const args = ['--auth', 'keycloak', '--install', 'debian', '--domain', policy.domain, '--issuer', realm];
    const audience = ['--client-id', policy.app_id, '--audience', policy.accepted_audiences.join(',')];
    const settings = join(await written([...args, ...audience]), 'check.env');
    const keys = join(folder, 'recorded-jwks.json');
    writeFileSync(keys, JSON.stringify(policy.jwks));
    const wrong: string[] = [];
    for (const { id, token, request, now, verdict } of recorded) {
      const place = [
        '--domain',
        policy.domain,
        '--room',
        request.room,
        ...(request.tenant ? ['--tenant', request.tenant] : []),
      ];
      const given = ['--preset', 'keycloak', '--settings', settings, '--jwks', keys, '--json'];
      const at = ['--at', new Date(now * 1000).toISOString()];
      const { out } = await cli(['check', token!, ...place, ...given, ...at]);
      const { connect, join: joining } = JSON.parse(out) as { connect: string; join: string | null };
      const said = `${connect === 'accepted'}, ${joining === 'accepted'}`;
      if (said !== `${verdict.connect.ok}, ${verdict.join?.ok ?? false}`) wrong.push(`${id}: ${said}`);
    }
    expect(wrong).toEqual([]);
    expect(recorded.length).toBeGreaterThan(10);
  });
});

describe('config --auth oidc', () => {
  const other = 'https://login.example.org/';
  const oidc = ['--auth', 'oidc', '--domain', 'meet.example.org', '--install', 'debian', '--issuer', other];
  const known = {
    issuer: other,
    authorization_endpoint: 'https://login.example.org/authorize',
    token_endpoint: 'https://login.example.org/oauth/token',
    jwks_uri: 'https://login.example.org/jwks',
  };
  const asked: string[] = [];
  const provider = (answer: unknown, status = 200): World => ({
    fetch: async (input) => {
      asked.push(String(input));
      return typeof answer === 'string' ? new Response(answer, { status }) : Response.json(answer, { status });
    },
  });
  const args = [...oidc, '--client-id', 'jitsi', '--audience', 'https://meet.example.org/api'];

  it('asks the provider for its addresses', async () => {
    const out = await written(args, provider(known));
    expect(asked).toEqual(['https://login.example.org/.well-known/openid-configuration']);
    expect(read(out, 'prosody/meet.example.org.cfg.lua')).toContain(
      'cache_keys_url = "https://login.example.org/jwks"',
    );
    expect(configOf(read(out, 'meet/meet.example.org-config.js'))).toMatchObject({
      sso: { tokenService: 'login.example.org/oauth', clientId: 'jitsi' },
    });
  });

  it('says that people can’t sign in at Jitsi where the provider’s addresses don’t fit', async () => {
    const out = await written(args, provider({ ...known, token_endpoint: 'https://login.example.org/access' }));
    expect(configOf(read(out, 'meet/meet.example.org-config.js'))).toEqual({ disableAudioLevels: true });
    expect(read(out, 'STEPS.md')).toContain("People can't sign in on Jitsi's own page");
  });

  it.each<[string, World, string]>([
    ['another issuer', provider({ ...known, issuer: 'https://login.example.org' }), 'calls itself "https://login'],
    ['no JSON', provider('<html>'), 'it is not JSON'],
    ['an error', provider('no', 404), 'it answers 404'],
    ['keys by http', provider({ ...known, jwks_uri: 'http://login.example.org/jwks' }), 'jwks_uri must be an https'],
    ['Lua in an address', provider({ ...known, jwks_uri: 'https://a.example/"; os.exit()' }), 'jwks_uri must be'],
    [
      'a way without https',
      {
        fetch: async () =>
          Object.defineProperties(Response.json(known), {
            redirected: { value: true },
            url: { value: 'http://login.example.org/configuration' },
          }),
      },
      'it leads to an address without https',
    ],
    ['nothing', { fetch: () => Promise.reject(new TypeError('fetch failed')) }, 'nothing answers there'],
  ])('says in one sentence what is wrong: %s', async (_, world, sentence) => {
    const { code, err } = await cli(['config', ...args], world);
    expect([code, err]).toEqual([64, expect.stringContaining(sentence)]);
  });

  it('needs an audience', async () => {
    const { err } = await cli(['config', ...oidc, '--client-id', 'jitsi'], provider(known));
    expect(err).toContain('--audience is missing');
  });
});

describe('config --apply, for a provider', () => {
  const lua = `VirtualHost "meet.example.org"
    authentication = "token" -- do not delete me
    app_id = "my_app"
    app_secret = "old"
    modules_enabled = { "bosh" }

Component "conference.meet.example.org" "muc"
    modules_enabled = { "token_verification" }
`;

  it('takes the old secret away on Debian, and the provider’s lines when it goes back', async () => {
    const root = mkdtempSync(join(folder, 'root-'));
    for (const path of ['etc/prosody/conf.avail', 'etc/jitsi/meet']) mkdirSync(join(root, path), { recursive: true });
    const file = join(root, 'etc/prosody/conf.avail/meet.example.org.cfg.lua');
    writeFileSync(file, lua);
    writeFileSync(join(root, 'etc/jitsi/meet/meet.example.org-config.js'), 'var config = {};\n');
    const into = ['--install', 'debian', '--apply', '--into', root, '--yes'];
    expect((await cli(['config', ...keycloak, ...into])).code).toBe(0);
    expect(read(file)).toContain('cache_keys_url');
    expect(read(file)).not.toContain('app_secret');
    const own = ['config', '--domain', 'meet.example.org', '--app-id', 'my_app', ...into];
    expect((await cli(own, { env })).code).toBe(0);
    expect(read(file)).toContain('app_secret');
    expect(read(file)).not.toMatch(/cache_keys_url|asap_require_room_claim|RS256/);
  });

  it('keeps what else stands in a list of .env', async () => {
    const file = join(folder, '.env');
    writeFileSync(file, 'XMPP_CONFIGURATION=\'a="b",cache_keys_url="https://old.example"\'\nXMPP_MUC_MODULES=mine\n');
    const into = ['--install', 'docker', '--apply', '--into', file, '--yes'];
    const { out } = await cli(['config', ...keycloak, ...into]);
    expect(out).toContain('custom-config.js');
    expect(readEnvFile(file)['XMPP_CONFIGURATION']).toBe(
      `a="b",cache_keys_url="${issuer}/protocol/openid-connect/certs",asap_require_room_claim=false`,
    );
    expect((await cli(['config', ...keycloak, ...into])).err).toBe('All of it is there already.\n');
    await cli(['config', '--domain', 'meet.example.org', '--app-id', 'my_app', ...into], { env });
    expect(readEnvFile(file)).toMatchObject({
      XMPP_CONFIGURATION: 'a="b"',
      JWT_SIGN_TYPE: 'HS256',
      XMPP_MUC_MODULES: 'mine,token_affiliation',
    });
  });
});

describe('check of a provider’s token where its own tokens are not taken', () => {
  const sentence =
    `This token comes straight from Keycloak (issuer "${issuer}", no room claim, RS256), and this deployment takes only ` +
    'HS256 tokens of the issuer my_app: set it up by config --auth keycloak, or let a token server sign one for Jitsi (docs/guides/keycloak.md).';

  it('says so in one sentence, before all else', async () => {
    const token = await accessToken();
    const { code, out } = await cli(['check', token, ...meeting], { env });
    expect(code).toBe(1);
    expect(out.split('\n')[0]).toBe(sentence);
    const json = JSON.parse((await cli(['check', token, ...meeting, '--json'], { env })).out) as { sentence: string };
    expect(json.sentence).toBe(sentence);
  });

  it('says nothing like that of a token for Jitsi, or where the deployment is set up', async () => {
    const { out: own } = await cli(['token', ...meeting], { env });
    for (const args of [
      ['check', own.trim(), '--domain', 'meet.example.org', '--room', 'other'],
      ['check', await accessToken({}, 'at+jwt'), ...meeting, '--preset', 'keycloak', '--issuer', issuer],
    ]) {
      const { code, out } = await cli(args, { env });
      expect(code).toBe(1);
      expect(out).not.toContain('comes straight from');
    }
  });

  it('can’t tell whether the provider is the right one without its issuer', async () => {
    const { code } = await cli(['check', await accessToken(), ...meeting, '--preset', 'keycloak', '--jwks', jwks]);
    expect(code).toBe(2);
  });
});
