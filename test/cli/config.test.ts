import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvFile } from '../../src/cli/env-file.js';
import { createTokenAuthRedirect, createTokenSigner } from '../../src/server/index.js';
import { missing } from '../../scripts/programs.js';
import { checkedByProsody } from '../support/prosody.js';
import { cli } from '../support/run-cli.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const given = ['--domain', 'meet.example.org', '--app-id', 'my_app'];

async function written(install: 'debian' | 'docker', ...args: string[]): Promise<string> {
  const out = mkdtempSync(join(folder, `${install}-`));
  const { code, err } = await cli(['config', ...given, '--install', install, '--out', out, ...args]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

describe('the files for Debian', () => {
  it('make Prosody ask for tokens signed with a new secret', async () => {
    const out = await written('debian');
    const prosody = readFileSync(join(out, 'prosody/meet.example.org.cfg.lua'), 'utf8');
    // The comment is the mark by which jitsi-meet-tokens knows, at an upgrade, that there is nothing left to do.
    expect(prosody).toMatch(
      /VirtualHost "meet.example.org"\n {4}authentication = "token" -- do not delete me\n {4}app_id = "my_app"/,
    );
    expect(prosody).toMatch(/app_secret = "[0-9a-f]{64}"/);
    expect(prosody).toContain('allow_empty_token = false');
    expect(prosody).toMatch(/Component "conference[^]*"token_verification"/);
    expect(prosody).toContain(readEnvFile(join(out, 'backend.env'))['JWT_APP_SECRET']);
    const steps = readFileSync(join(out, 'STEPS.md'), 'utf8');
    expect(steps).toContain('systemctl restart prosody jicofo jitsi-videobridge2');
    expect(steps).not.toContain(readEnvFile(join(out, 'backend.env'))['JWT_APP_SECRET']);
  });

  it('are for their owner only', async () => {
    const out = await written('debian');
    for (const name of ['backend.env', 'prosody/meet.example.org.cfg.lua']) {
      expect(statSync(join(out, name)).mode & 0o077, name).toBe(0);
    }
  });

  it('get into no repository that they lie in', async () => {
    const repository = mkdtempSync(join(folder, 'repository-'));
    const git = (...args: string[]) => spawnSync('git', ['-C', repository, ...args], { encoding: 'utf8' });
    git('init', '--quiet');
    const { code, out } = await cli(['config', ...given, '--install', 'debian', '--out', join(repository, 'any-name')]);
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(5);
    expect(existsSync(join(repository, 'any-name/backend.env'))).toBe(true);
    expect(git('status', '--porcelain', '--untracked-files=all').stdout).toBe('');
    // Nor does it take away what somebody else wrote there.
    writeFileSync(join(repository, '.gitignore'), 'dist\n');
    expect((await cli(['config', ...given, '--install', 'debian', '--out', repository])).code).not.toBe(0);
    expect(readFileSync(join(repository, '.gitignore'), 'utf8')).toBe('dist\n');
  });

  const reason = missing('prosodyctl');
  it.skipIf(reason)(`load in a real Prosody ${reason ?? ''}`, async () => {
    const out = await written('debian', '--token-auth-url', 'https://app.example.org/sign-in?state={state}');
    const printed = checkedByProsody(out, folder);
    expect(printed).toContain('prosody/meet.example.org.cfg.lua');
    expect(printed).toContain('All checks passed, congratulations!');
  });
});

describe('the moderators', () => {
  it.each(['debian', 'docker'] as const)('are those whom the token names, and check says so: %s', async (install) => {
    const out = await written(install, '--lobby');
    const settings = ['--settings', join(out, install === 'docker' ? 'jitsi.env' : 'backend.env')];
    const preset = ['--preset', install === 'docker' ? 'docker' : 'self-hosted'];
    const backend = readEnvFile(join(out, 'backend.env'));
    const meeting = ['--domain', 'meet.example.org', '--room', 'team'];
    const checked = async (grant: string[], state: string[] = []): Promise<string> => {
      const { out: token } = await cli(['token', ...meeting, '--name', 'Ada', ...grant], { env: backend });
      return (await cli(['check', token.trim(), ...meeting, ...preset, ...settings, ...state])).out;
    };
    expect(await checked(['--role', 'moderator'])).toMatch(/^Given role: *moderator/m);
    expect(await checked([])).toMatch(/^Given role: *participant/m);
    // A moderator who drops out while the lobby is on.
    expect(await checked(['--role', 'moderator'], ['--lobby'])).toMatch(/ERROR lobby-closed/);
    const back = await checked(['--role', 'moderator', '--lobby', 'bypass'], ['--lobby']);
    expect(back).toMatch(/^Given role: *moderator/m);
    expect(back).toMatch(/^Joining: *yes/m);
  });

  it('are in docker’s variables', async () => {
    expect(readEnvFile(join(await written('docker'), 'jitsi.env'))).toMatchObject({
      ENABLE_AUTO_OWNER: '0',
      WAIT_FOR_HOST_DISABLE_AUTO_OWNERS: '1',
      XMPP_MUC_MODULES: 'token_affiliation',
    });
    const left = readEnvFile(join(await written('docker', '--moderators', 'server'), 'jitsi.env'));
    expect(Object.keys(left).filter((name) => /OWNER|MODULES/.test(name))).toEqual([]);
  });

  it('are Jicofo’s choice for a provider’s tokens, which name nobody', async () => {
    const keycloak = ['--auth', 'keycloak', '--issuer', 'https://id.example.org/realms/main', '--client-id', 'jitsi'];
    const args = ['config', ...keycloak, '--domain', 'meet.example.org', '--install', 'debian'];
    expect((await cli(args)).out).not.toMatch(/token_affiliation|enable-auto-owner/);
    expect((await cli([...args, '--moderators', 'token'])).out).toMatch(
      /token_affiliation[^]*enable-auto-owner = false/,
    );
  });

  it('are named by two words only', async () => {
    expect((await cli(['config', ...given, '--moderators', 'all'])).err).toContain(
      'expected token (it names them) or server',
    );
    const token = await cli(['token', '--domain', 'meet.example.org', '--room', 'a', '--lobby', 'open'], {
      env: { JWT_APP_ID: 'a', JWT_APP_SECRET: 's'.repeat(32) },
    });
    expect(token.err).toContain("Lobby is \"open\"; expected 'bypass' or 'wait'");
  });
});

describe('the lines for config.js', () => {
  it('are JavaScript that sets tokenAuthUrl with a placeholder for the way back', async () => {
    for (const name of ['meet/meet.example.org-config.js']) {
      const out = await written('debian', '--token-auth-url', 'https://app.example.org/sign-in');
      const config = {};
      runInNewContext(readFileSync(join(out, name), 'utf8'), { config });
      expect(config).toEqual({
        tokenAuthUrl: 'https://app.example.org/sign-in?state={state}',
        disableAudioLevels: true,
      });
    }
  });
});

describe('the tokenAuthUrl and the handler behind it', () => {
  const handler = createTokenAuthRedirect({
    domain: 'meet.example.org',
    signer: createTokenSigner({ appId: 'app', domain: 'meet.example.org', secret: 's'.repeat(32) }),
    signInUrl: '/login',
    tenants: ['acme'],
    authorize: () => ({ user: { id: 'ada' } }),
  });

  it.each([
    ['https://auth.example.org/room/{room}', 'https://auth.example.org/room/{room}?state={state}'],
    ['https://auth.example.org/{room}?', 'https://auth.example.org/{room}?state={state}'],
    ['https://auth.example.org', 'https://auth.example.org?state={state}'],
    ['https://auth.example.org/in?a=b', 'https://auth.example.org/in?a=b&state={state}'],
    [
      'https://auth.example.org:8443/in?state={state}&code_challenge={code_challenge}',
      'https://auth.example.org:8443/in?state={state}&code_challenge={code_challenge}',
    ],
  ])('lead back to the room, for %s', async (url, pattern) => {
    const config = { tokenAuthUrl: '' };
    const out = await written('debian', '--token-auth-url', url);
    runInNewContext(readFileSync(join(out, 'meet/meet.example.org-config.js'), 'utf8'), { config });
    expect(config.tokenAuthUrl).toBe(pattern);
    // Jitsi has the room as it is in the path of the meeting's address, so never with a # of its own.
    for (const room of ['weekly', 'weekly%20review', 'a=b+c', '50%25', 'what%23']) {
      const state = encodeURIComponent(JSON.stringify({ room, tenant: 'acme' }));
      const address = config.tokenAuthUrl.replace('{state}', state).replace('{room}', () => room);
      const location = new URL(
        (await handler(new Request(address.replace('{code_challenge}', '')))).headers.get('location')!,
      );
      expect(decodeURIComponent(location.pathname)).toBe(`/acme/${decodeURIComponent(room)}`);
    }
  });
});

describe('a token made with the settings', () => {
  it.each([
    ['debian', 'self-hosted', 'backend.env'],
    ['docker', 'docker', 'jitsi.env'],
  ] as const)('is accepted with the settings: %s', async (install, preset, settings) => {
    const out = await written(install);
    const backend = readEnvFile(join(out, 'backend.env'));
    for (const tenant of [[], ['--tenant', 'acme']]) {
      const meeting = ['--domain', 'meet.example.org', '--room', 'Größe #1', ...tenant];
      const { out: token } = await cli(['token', ...meeting, '--role', 'moderator'], { env: backend });
      const check = ['check', token.trim(), ...meeting, '--preset', preset, '--settings', join(out, settings)];
      const { code, out: table } = await cli(check);
      expect(code, table).toBe(0);
      expect(table).not.toMatch(/ERROR|WARNING/);
      const other = await written(install);
      expect((await cli([...check.slice(0, -1), join(other, settings)])).code, 'another secret').toBe(1);
    }
  });
});

describe('config', () => {
  it('asks for what is missing where there is somebody to ask', async () => {
    const answers = ['docker', 'meet.example.org', 'my_app', 'https://app.example.org/sign-in'];
    const { code, out } = await cli(['config'], { answers });
    expect(code).toBe(0);
    expect(out).toMatch(/### jitsi\.env\n[^]*AUTH_TYPE=jwt[^]*TOKEN_AUTH_URL='https:[^]*### backend\.env/);
    const nowhere = await cli(['config', '--install', 'docker'], { answers: ['meet.example.org', 'my_app', ''] });
    expect(nowhere.out).toMatch(/JWT_APP_ID=my_app/);
    expect(nowhere.out).not.toContain('TOKEN_AUTH_URL');
  });

  it('asks nothing when everything needed was given, or when there is no terminal', async () => {
    const answers = ['never asked'];
    await cli(['config', ...given, '--install', 'docker'], { answers });
    expect(answers).toEqual(['never asked']);
    expect((await cli(['config', ...given])).out, 'Debian, unless said otherwise').toContain('### prosody/');
    expect(await cli(['config'])).toMatchObject({ code: 64, err: '--domain is missing.\n' });
  });

  it('keeps a secret that is given, if it is fit', async () => {
    const secret = 'abcdefghijklmnopqrstuvwxyz0123456789';
    const args = ['config', ...given, '--install', 'docker'];
    expect((await cli(args, { env: { JWT_APP_SECRET: secret } })).out).toContain(`JWT_APP_SECRET=${secret}`);
    for (const unfit of ['short', 'with "quotes" and $dollars in it, 32 and more']) {
      const { code, err } = await cli(args, { env: { JWT_APP_SECRET: unfit } });
      expect(code).toBe(64);
      expect(err).not.toContain(unfit);
    }
  });

  it('overwrites nothing', async () => {
    const out = await written('docker');
    const again = await cli(['config', ...given, '--install', 'docker', '--out', out]);
    expect(again.code).toBe(64);
    expect(again.err).toContain('is there already');
  });

  it.each([
    ['https://app.example.org/sign-in?room={room}', 'has {room} in its query, where Jitsi puts it in unencoded'],
    ['https://app.example.org/sign-in?state={state}&room={room}', 'has {room} in its query'],
    ['https://app.example.org/sign-in?x={tenant}', 'has {tenant}, which Jitsi does not fill in'],
    ['https://app.example.org/sign-in?x={', 'has a brace, which Jitsi does not fill in'],
    ['https://app.example.org/sign-in?x={roo', 'has a brace, which Jitsi does not fill in'],
    ['https://app.example.org/{room}/{room}', 'has a placeholder twice'],
    ['https://app.example.org/?state={state}&state={state}', 'has a placeholder twice'],
    ['https://app.example.org/#/sign-in?state={state}', 'has a part behind #'],
    ['https://{room}.example.org/', 'has the host "{room}.example.org"'],
    ['https://app.example.org{room}', 'has the host "app.example.org{room}"'],
    ['https://app.example.org:{room}/', 'has the host'],
    ['https://me:pass@app.example.org/{room}', 'has an account before its host'],
    ['https:///{room}', 'has the host ""'],
    ['https://app.example.org/{state}', 'has {state} in its path'],
    ['https://app.example.org/{code_challenge}', 'has {code_challenge} in its path'],
    ['https://app.example.org/x{room}', 'has {room}, but not as the last part of its path'],
    ['https://app.example.org/{room}/in', 'has {room}, but not as the last part of its path'],
    ['https://app.example.org/?s={state}', 'has {state}, but not as state={state}'],
  ])('refuses a tokenAuthUrl that never leads back: %s', async (value, problem) => {
    const { code, err } = await cli(['config', ...given, '--install', 'debian', '--token-auth-url', value]);
    expect(code).toBe(64);
    expect(err).toContain(`--token-auth-url ${problem}`);
    expect(err).not.toContain('me:pass');
    expect(err).toContain('Take https://HOST/PATH?state={state}');
  });

  it.each([
    ['--app-id', 'a"; os.execute("x")'],
    ['--domain', 'meet.example.org"\n'],
    ['--token-auth-url', "https://app.example.org/';alert(1)//"],
    ['--token-auth-url', 'http://app.example.org/'],
    ['--xmpp-domain', 'x"]]'],
    ['--xmpp-domain', '..'],
    ['--xmpp-domain', '.hidden'],
    ['--token-auth-url', 'https://$(id)/'],
    ['--token-auth-url', 'https://app;example.org/'],
    ['--token-auth-url', 'https://app.example.org/\u0000'],
    ['--token-auth-url', 'https://app.example.org/\u202e'],
    ['--install', 'windows'],
  ])('refuses what would leave its quotes: %s %j', async (option, value) => {
    const args = ['config', ...given, '--install', 'debian', option, value];
    expect((await cli(args)).code).toBe(64);
  });

  // A URL takes all of these for a host, and a shell, Compose or Lua for something else.
  it.each([
    'a$(id).example',
    'a`id`',
    "a'b",
    'a"b',
    'a;b',
    'a&b',
    '$HOME',
    'a%24b',
    'a＄b',
    '*.example.org',
    'a..b',
    '..',
    '[::1]',
  ])('refuses a domain that is not a host name: %s', async (domain) => {
    for (const install of ['docker', 'debian']) {
      const { code, err } = await cli(['config', '--app-id', 'my_app', '--install', install, '--domain', domain]);
      expect(code).toBe(64);
      expect(err).toContain('--domain must be a host such as meet.example.org');
    }
  });
});
