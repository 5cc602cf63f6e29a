// Every command in a block of a page: it runs here, or another test runs it, or the page says that nobody tried it here.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStandin, type StandinPolicy } from '../../demo/standin/index.js';
import { codeBlocks } from '../../scripts/site/markdown.js';
import { readEnvFile } from '../../src/cli/env-file.js';
import type { DoctorWorld } from '../../src/doctor/index.js';
import { pages } from '../support/pages.js';
import { cli, type Outcome } from '../support/run-cli.js';

/** What starts servers or browsers, by the test that does the same. */
const elsewhere: readonly [command: RegExp, test: string][] = [
  [/^npm (ci|test)$/, 'scripts/test.ts'],
  [/^npm run check:api /, 'scripts/check-api.ts'],
  [/\bnpm start\b/, 'test/server/start.test.ts'],
  [/^npm run serve( -- --check)?$/, 'server/test/packed.test.ts'],
  [/^npm run -s serve -- explain /, 'server/test/packed.test.ts'],
  [/^npm run -s cli -- doctor --domain localhost:8443$/, 'test/e2e/doctor-demo.test.ts'],
  [/^npm run -s cli -- doctor --watch /, 'test/e2e/doctor-watch.test.ts'],
  [/^prosodyctl check config$/, 'test/cli/apply-prosody.test.ts'],
];

const notTried = /\s# not tried here$/;
const appId = 'vpaas-magic-cookie-0123456789abcdef0123456789abcdef';
const issuer = 'https://id.example.org/realms/main';

let root: string;
let jwks: string;
let accessToken: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'guides-'));
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  providerKey = publicKey;
  jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1' }] });
  accessToken = await new SignJWT({ azp: 'jitsi', scope: 'openid', sub: '7c1c9a6e-0000-4000-8000-00000000bbbb' })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'k1' })
    .setIssuer(issuer)
    .setAudience('account')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey);
});
afterAll(() => rmSync(root, { recursive: true }));
let providerKey: CryptoKey;

/** Commands of a page, each in one line. */
const commandsOf = (text: string): string[] =>
  codeBlocks(text)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => code.replaceAll(/\\\n\s*/g, '').split('\n'))
    .map((line) => line.trim().replace(/\s+#(?! not tried here$).*$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('export '));

const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, plain]) => single ?? double ?? plain!);

/** Options whose value is a file or a folder. */
const files = ['out', 'into', 'settings', 'keys', 'key-file', 'token-file', 'jwks', 'file', 'public-key'];

/** A folder in which a reader follows a page, and what the shell there remembers. */
class Reader {
  readonly folder = mkdtempSync(join(root, 'reader-'));
  env: Record<string, string> = {};
  lastToken = '';

  constructor() {
    for (const path of ['etc/prosody/conf.avail', 'etc/jitsi/meet', 'etc/jitsi/jicofo'])
      mkdirSync(this.at(path), { recursive: true });
    writeFileSync(
      this.at('etc/prosody/conf.avail/meet.example.org.cfg.lua'),
      'VirtualHost "meet.example.org"\n    authentication = "jitsi-anonymous"\n    modules_enabled = {\n    }\n' +
        'Component "conference.meet.example.org" "muc"\n    modules_enabled = {\n    }\n',
    );
    writeFileSync(this.at('etc/jitsi/meet/meet.example.org-config.js'), 'var config = {};\n');
    writeFileSync(this.at('etc/jitsi/jicofo/jicofo.conf'), 'jicofo {}\n');
    writeFileSync(this.at('.env'), 'CONFIG=~/.jitsi-meet-cfg\n#ENABLE_AUTH=1\nXMPP_MUC_MODULES=\n');
    writeFileSync(this.at('token.txt'), `${accessToken}\n`);
  }

  at(path: string): string {
    return join(this.folder, path);
  }

  /** Runs a line as the shell would, and answers yes. */
  async run(line: string, doctor?: DoctorWorld): Promise<Outcome> {
    const [, sourced] = /^set -a; \. (\S+); set \+a$/.exec(line) ?? [];
    if (sourced) this.env = { ...this.env, ...readEnvFile(this.at(sourced)) };
    const [, assigned, command = line] = /^JWT_APP_SECRET=(\$\(openssl rand -hex 32\)) (.*)$/.exec(line) ?? [];
    const env = assigned ? { ...this.env, JWT_APP_SECRET: 'f'.repeat(64) } : this.env;
    const [program, ...args] = wordsOf(command.replaceAll('vpaas-magic-cookie-...', appId));
    if (program === 'openssl') this.#spawn(program, args);
    if (program === 'rm') rmSync(this.at(args[0]!));
    if (program === 'curl') {
      expect(args.slice(0, 1)).toEqual(['-so']);
      expect(args[2]).toBe(`${issuer}/protocol/openid-connect/certs`);
      writeFileSync(this.at(args[1]!), jwks);
    }
    const outcome = { code: 0, out: '', err: '' };
    if (program !== 'npm') return outcome;
    const ran = await cli(this.#resolved(args.slice(args.indexOf('--') + 1)), {
      env,
      input: accessToken,
      answers: ['yes'],
      ...(doctor && { doctor }),
    });
    if (args.includes('token')) this.lastToken = ran.out.trim();
    return ran;
  }

  #resolved(args: readonly string[]): string[] {
    const real = args.map((arg, index) =>
      files.includes(/^--(.+)$/.exec(args[index - 1] ?? '')?.[1] ?? '')
        ? this.at(arg)
        : arg === 'TOKEN'
          ? this.lastToken
          : arg,
    );
    return real.includes('--apply') && !real.includes('--into') ? [...real, '--into', this.folder] : real;
  }

  #spawn(program: string, args: readonly string[]): void {
    const { status, stderr } = spawnSync(program, args, { cwd: this.folder, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  }
}

/** A deployment whose configuration is that of Prosody's host in this file. */
function policyOfLua(lua: string): StandinPolicy {
  const valueOf = (name: string): string | undefined => new RegExp(`^ {4}${name} = (.*)$`, 'm').exec(lua)?.[1];
  const textOf = (name: string): string | undefined => valueOf(name)?.replaceAll('"', '');
  const listOf = (name: string): string[] => [...(valueOf(name) ?? '').matchAll(/"([^"]*)"/g)].map(([, item]) => item!);
  const secret = textOf('app_secret');
  return {
    appId: textOf('app_id')!,
    ...(secret && { appSecret: secret }),
    algorithm: textOf('signature_algorithm') ?? 'HS256',
    acceptedIssuers: listOf('asap_accepted_issuers'),
    acceptedAudiences: listOf('asap_accepted_audiences'),
    allowEmptyToken: valueOf('allow_empty_token') === 'true',
    requireRoomClaim: valueOf('asap_require_room_claim') !== 'false',
    domainVerification: valueOf('enable_domain_verification') !== 'false',
    xmppDomain: /VirtualHost "([^"]*)"/.exec(lua)![1]!,
    authentication: /^ {4}authentication = "token"/m.test(lua) ? 'token' : 'anonymous',
    tokenVerification: lua.includes('"token_verification"'),
  };
}

const policyOfEnv = (env: Record<string, string | undefined>): StandinPolicy => ({
  appId: env['JWT_APP_ID']!,
  appSecret: env['JWT_APP_SECRET']!,
  acceptedIssuers: env['JWT_ACCEPTED_ISSUERS']!.split(','),
  acceptedAudiences: env['JWT_ACCEPTED_AUDIENCES']!.split(','),
  allowEmptyToken: env['JWT_ALLOW_EMPTY'] !== '0',
  domainVerification: env['JWT_ENABLE_DOMAIN_VERIFICATION'] === '1',
  xmppDomain: env['XMPP_DOMAIN']!,
  authentication: env['ENABLE_AUTH'] === '1' && env['AUTH_TYPE'] === 'jwt' ? 'token' : 'anonymous',
});

const policyOfJaas = (reader: Reader): StandinPolicy => ({
  appId: 'chat',
  publicKeys: { [`${appId}/4a5b6c`]: readFileSync(reader.at('jaas.pub'), 'utf8') },
  acceptedAudiences: ['jitsi'],
  xmppDomain: '8x8.vc',
});

/** The network, with that deployment at its end. The doctor's waiting costs no time. */
function networkOf(policy: StandinPolicy): DoctorWorld {
  const standin = createStandin(policy, { pace: 0.01 });
  return {
    async fetch(input, init) {
      const { pathname, search } = new URL(String(input));
      return standin.app.request(`https://${policy.xmppDomain}${pathname}${search}`, init);
    },
    upgrade: async () => 101,
    wait: async () => {},
    now: Date.now,
  };
}

describe('docs/guides/ten-minutes.md', () => {
  const page = readFileSync('docs/guides/ten-minutes.md', 'utf8');
  const sectionOf = (title: string): string => page.split(`\n## ${title}\n`)[1]!.split('\n## ')[0]!;
  const lua = (reader: Reader): StandinPolicy =>
    policyOfLua(readFileSync(reader.at('etc/prosody/conf.avail/meet.example.org.cfg.lua'), 'utf8'));

  it.each<[string, (reader: Reader) => Promise<StandinPolicy> | StandinPolicy]>([
    ['Debian', lua],
    ['Docker', (reader) => policyOfEnv(readEnvFile(reader.at('.env')))],
    ['JaaS', policyOfJaas],
    ['Keycloak', async (reader) => ({ ...lua(reader), publicKeys: { k1: await pemOf(providerKey) } })],
  ])('%s: from nothing to the doctor’s sentence', async (title, deployment) => {
    const section = sectionOf(title);
    const reader = new Reader();
    const lines = commandsOf(section).filter((line) => !notTried.test(line));
    let said = '';
    for (const line of lines) {
      const isDoctor = line.includes('-- doctor');
      const { code, out, err } = await reader.run(line, isDoctor ? networkOf(await deployment(reader)) : undefined);
      expect(code, `${line}\n${out}${err}`).toBe(0);
      if (isDoctor) said = out;
    }
    expect(said.trim().split('\n').at(-1)).toBe('Only a valid token gets in.');
    expect(section).toContain('_You should see_ "Only a valid token gets in."');
    expect(lines.length).toBeGreaterThan(2);
  });
});

async function pemOf(key: CryptoKey): Promise<string> {
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', key)).toString('base64');
  return `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`;
}

describe('the commands in blocks', () => {
  const isElsewhere = (line: string): boolean => elsewhere.some(([command]) => command.test(line));
  const withCommands = pages.filter((page) => page !== 'docs/guides/ten-minutes.md');

  it('are in tests that there are', () => {
    for (const [, test] of elsewhere) expect(existsSync(test), test).toBe(true);
  });

  it.each(
    withCommands.flatMap((page) => {
      const lines = commandsOf(readFileSync(page, 'utf8'));
      return lines.length > 0 ? [[page, lines] as const] : [];
    }),
  )('run, are run by another test, or say that nobody tried them: %s', async (_page, lines) => {
    const reader = new Reader();
    const settings = ['--domain', 'meet.example.org', '--app-id', 'my_app', '--out', 'jitsi-config'];
    // What an earlier page has made.
    if (!lines.some((line) => line.includes('-- config')))
      await reader.run(`npm run -s cli -- config --install debian ${settings.join(' ')}`);
    reader.env = { JWT_APP_ID: 'my_app', JWT_APP_SECRET: '0123456789abcdef'.repeat(2) };
    const before = 'jitsi-config/check.env';
    const provider = ['--issuer', issuer, '--client-id', 'jitsi'].join(' ');
    if (lines.some((line) => line.includes(before)) && !lines.some((line) => line.includes('-- config'))) {
      await reader.run(
        `npm run -s cli -- config --auth keycloak --install debian ${provider} --domain meet.example.org --out other`,
      );
      writeFileSync(reader.at(before), readFileSync(reader.at('other/check.env')));
      writeFileSync(reader.at('jwks.json'), jwks);
    }
    for (const line of lines) {
      if (notTried.test(line) || isElsewhere(line)) continue;
      expect(line, 'nobody runs it').toMatch(
        /^(set -a; |openssl |curl |rm |(JWT_APP_SECRET=\S+( \S+){3} )?npm run -s cli -- )/,
      );
      const isOfProvider = line.includes(before);
      const deployment = (): StandinPolicy | Promise<StandinPolicy> =>
        line.includes('--domain 8x8.vc') ? policyOfJaas(reader) : deploymentFor(reader, isOfProvider);
      const doctor = line.includes('-- doctor') ? networkOf(await deployment()) : undefined;
      const { code, out, err } = await reader.run(line, doctor);
      expect(code, `${line}\n${out}${err}`).toBe(0);
    }
  });

  /** In the text of a page, such as `npm run -s cli -- keys list --file keys.json`. */
  const inTextOf = (page: string): string[] =>
    [
      ...readFileSync(page, 'utf8')
        .replaceAll(/^ *```[^]*?^ *```/gm, '')
        .matchAll(/`(npm run -s cli -- [^`]+)`/g),
    ]
      .map(([, command]) => command!.replaceAll(/\s+/g, ' '))
      .filter((command) => !/ (--help|doctor --watch)\b/.test(command));

  it.each(withCommands.filter((page) => page.includes('/guides/') && inTextOf(page).length > 0))(
    'run in the text, too: %s',
    async (page) => {
      const reader = new Reader();
      const install = page.includes('docker') ? 'docker' : 'debian';
      await reader.run(
        `npm run -s cli -- config --install ${install} --domain meet.example.org --app-id my_app --out jitsi-config`,
      );
      if (install === 'docker') writeFileSync(reader.at('.env'), readFileSync(reader.at('jitsi-config/jitsi.env')));
      await reader.run('set -a; . ./jitsi-config/backend.env; set +a');
      const { out: link } = await reader.run('npm run -s cli -- token --domain meet.example.org --room test --link');
      let kid = '';
      for (const command of inTextOf(page)) {
        const line = command
          .replace('LINK', link.trim())
          .replace('KID', kid)
          .replace('/path/to/docker-jitsi-meet/', '');
        const doctor = line.includes('-- doctor') ? networkOf(await deploymentFor(reader, false)) : undefined;
        const { code, out, err } = await reader.run(line, doctor);
        // Of a page about JaaS, the link is another deployment's.
        if (page.includes('jaas')) expect([0, 1, 2], `${command}\n${err}`).toContain(code);
        else expect(code, `${command}\n${out}${err}`).toBe(0);
        const ring = existsSync(reader.at('keys.json')) ? readFileSync(reader.at('keys.json'), 'utf8') : '';
        kid = /"kid": ?"([^"]+)"/.exec(ring)?.[1] ?? '';
      }
    },
  );

  const deploymentFor = async (reader: Reader, isOfProvider: boolean): Promise<StandinPolicy> =>
    isOfProvider
      ? {
          appId: 'jitsi',
          publicKeys: { k1: await pemOf(providerKey) },
          acceptedIssuers: [issuer],
          acceptedAudiences: ['account'],
          requireRoomClaim: false,
          domainVerification: false,
          xmppDomain: 'meet.example.org',
        }
      : policyOfEnv({ ENABLE_AUTH: '1', AUTH_TYPE: 'jwt', ...readEnvFile(reader.at('jitsi-config/backend.env')) });
});
