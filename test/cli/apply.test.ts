import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { difference } from '../../src/cli/apply/difference.js';
import { withAssignments, withEnvLines } from '../../src/cli/apply/lines.js';
import { masked } from '../../src/cli/apply/secrets.js';
import { parseEnv } from '../../src/cli/env-file.js';
import { cli, env, type Outcome, type World } from '../support/run-cli.js';

/** Of the shape that Jitsi's Debian packages write. */
const prosody = `plugin_paths = { "/usr/share/jitsi-meet/prosody-plugins/" }
muc_mapper_domain_base = "meet.example.org";

VirtualHost "meet.example.org"
    authentication = "jitsi-anonymous" -- do not delete me
    -- Properties below are modified by jitsi-meet-tokens package config
    -- and authentication above is switched to "token"
    --app_id="example_app_id"
    --app_secret="example_app_secret"
    ssl = {
        key = "/etc/prosody/certs/meet.example.org.key";
    }
    modules_enabled = {
        "bosh";
        "muc_lobby_rooms";
    }
    lobby_muc = "lobby.meet.example.org"

Component "conference.meet.example.org" "muc"
    restrict_room_creation = true
    storage = "memory"
    modules_enabled = {
        "muc_meeting_id";
        --"token_verification";
        "muc_rate_limit";
    }

VirtualHost "auth.meet.example.org"
    authentication = "internal_hashed"
`;
const configJs = `var config = {
    hosts: { domain: 'meet.example.org' },
};
`;

const jicofoConf = `jicofo {
  xmpp: { client: { client-proxy: "focus.meet.example.org" } }
}
`;

let root: string;
const prosodyFile = (): string => join(root, 'etc/prosody/conf.avail/meet.example.org.cfg.lua');
const configFile = (): string => join(root, 'etc/jitsi/meet/meet.example.org-config.js');
const jicofoFile = (): string => join(root, 'etc/jitsi/jicofo/jicofo.conf');
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'apply-'));
  for (const folder of ['etc/prosody/conf.avail', 'etc/jitsi/meet', 'etc/jitsi/jicofo'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(jicofoFile(), jicofoConf);
  writeFileSync(prosodyFile(), prosody);
  chmodSync(prosodyFile(), 0o640);
  writeFileSync(configFile(), configJs);
});

const common = ['config', '--domain', 'meet.example.org', '--app-id', 'my_app', '--install', 'debian'];
const apply = (more: string[] = [], world: World = {}): Promise<Outcome> =>
  cli(
    [...common, '--apply', '--into', root, '--token-auth-url', 'https://login.example.org/in?state={state}', ...more],
    { env, ...world },
  );
const read = (path: string): string => readFileSync(path, 'utf8');

describe('config --apply on Debian', () => {
  it('shows the difference without the secret, and writes nothing but after a yes', async () => {
    const { code, out, err } = await apply([], { answers: ['no'] });
    expect(code).toBe(1);
    expect(err).toContain('Nothing was written');
    expect(out).toContain('-     authentication = "jitsi-anonymous" -- do not delete me');
    expect(out).toContain('+     authentication = "token" -- do not delete me');
    expect(out).toContain('+     app_secret = (the new secret)');
    expect(out).toContain('+         "token_verification";');
    expect(out).not.toContain(env.JWT_APP_SECRET);
    expect(out).not.toContain('lobby_muc');
    expect(read(prosodyFile())).toBe(prosody);
  });

  it('changes what tokens need, and nothing else', async () => {
    const { code, out } = await apply([], { answers: ['yes'] });
    expect(code).toBe(0);
    expect(out).toContain('systemctl restart prosody jicofo');
    const expected = prosody
      .replace(
        /    authentication = "jitsi-anonymous".*\n/,
        `    authentication = "token" -- do not delete me
    app_id = "my_app"
    app_secret = "${env.JWT_APP_SECRET}"
    allow_empty_token = false
    asap_accepted_issuers = { "my_app" }
    asap_accepted_audiences = { "jitsi" }
    enable_domain_verification = true
`,
      )
      .replace(/ {4}--app_(id|secret)=.*\n/g, '')
      .replace('--"token_verification"', '"token_verification"')
      .replace('"muc"\n', '"muc"\n    wait_for_host_disable_auto_owners = true\n')
      .replace(/(Component "conf[^]*modules_enabled = \{)/, '$1 "token_affiliation";');
    expect(read(prosodyFile())).toBe(expected);
    expect(read(jicofoFile())).toBe(`${jicofoConf}jicofo.conference.enable-auto-owner = false\n`);
    expect(read(configFile())).toBe(
      `${configJs}config.tokenAuthUrl = 'https://login.example.org/in?state={state}'; // where people without a token sign in\nconfig.disableAudioLevels = true; // spares every participant the drawing of levels\n`,
    );
    expect(statSync(prosodyFile()).mode & 0o777).toBe(0o640);
    expect(read(`${prosodyFile()}.before-tokens`)).toBe(prosody);
  });

  it('changes nothing the second time, and keeps the first backup after another secret', async () => {
    await apply(['--yes']);
    const once = read(prosodyFile());
    expect(await apply(['--yes'])).toMatchObject({ code: 1, err: 'All of it is there already.\n' });
    expect(read(prosodyFile())).toBe(once);
    const { out } = await apply(['--yes'], { env: { ...env, JWT_APP_SECRET: 'x'.repeat(40) } });
    expect(out).toContain('-     app_secret = (the old secret)');
    expect(read(`${prosodyFile()}.before-tokens`)).toBe(prosody);
  });

  it('is undone letter by letter', async () => {
    await apply(['--yes']);
    const undo = ['config', '--domain', 'meet.example.org', '--install', 'debian', '--undo', '--into', root, '--yes'];
    expect((await cli(undo)).code).toBe(0);
    expect(read(prosodyFile())).toBe(prosody);
    expect(read(configFile())).toBe(configJs);
    expect(read(jicofoFile())).toBe(jicofoConf);
    expect(existsSync(`${prosodyFile()}.before-tokens`)).toBe(false);
    expect(await cli(undo)).toMatchObject({ code: 1, err: 'There is nothing to put back.\n' });
  });

  it('keeps the backup where what was there can’t be put back', async () => {
    await apply(['--yes']);
    const undo = [...common, '--undo', '--into', root];
    const sabotage = (): string => {
      rmSync(prosodyFile());
      mkdirSync(prosodyFile());
      return 'yes';
    };
    expect((await cli(undo, { answers: Object.assign([], { shift: sabotage }) })).err).toContain(
      'can’t be read or written: it is a folder',
    );
    expect(read(`${prosodyFile()}.before-tokens`)).toBe(prosody);
  });

  const editedWhileAsked = (path: () => string): string[] =>
    Object.assign([], {
      shift() {
        writeFileSync(path(), `-- mine\n${read(path())}`);
        return 'yes';
      },
    });

  it('keeps what somebody writes into a file while it asks', async () => {
    const { code, err } = await apply([], { answers: editedWhileAsked(configFile) });
    expect([code, err]).toEqual([1, expect.stringContaining(`${configFile()} was changed`)]);
    expect(read(configFile())).toBe(`-- mine\n${configJs}`);
    expect(read(prosodyFile())).toBe(prosody);
  });

  it('keeps what somebody writes into a file while prosodyctl looks at it', async () => {
    writeFileSync(join(root, 'etc/prosody/prosody.cfg.lua'), '');
    const program = join(root, 'prosodyctl');
    writeFileSync(program, `#!/bin/sh\necho '// mine' >> ${configFile()}\n`, { mode: 0o755 });
    const { code, err } = await apply(['--yes'], { env: { ...env, PATH: `${root}:${process.env['PATH']}` } });
    expect([code, err]).toEqual([1, expect.stringContaining(`${configFile()} was changed`)]);
    expect(read(configFile())).toBe(`${configJs}// mine\n`);
    expect(read(prosodyFile())).toBe(prosody);
  });

  const undo = (world: World = {}, more: string[] = []): Promise<Outcome> =>
    cli([...common, '--undo', '--into', root, ...more], world);
  const backup = (): string => `${prosodyFile()}.before-tokens`;

  it('forgets the backups where somebody has put the old files back', async () => {
    await apply(['--yes']);
    writeFileSync(prosodyFile(), prosody);
    writeFileSync(configFile(), configJs);
    writeFileSync(jicofoFile(), jicofoConf);
    expect(await undo()).toMatchObject({ code: 1, err: 'There is nothing to put back.\n' });
    expect(existsSync(backup())).toBe(false);
    writeFileSync(prosodyFile(), `-- mine\n${prosody}`);
    await apply(['--yes']);
    await undo({}, ['--yes']);
    expect(read(prosodyFile())).toBe(`-- mine\n${prosody}`);
  });

  it('forgets the backup of a file that is as it was, beside one that it puts back', async () => {
    await apply(['--yes']);
    writeFileSync(prosodyFile(), prosody);
    const { code, out } = await undo({}, ['--yes']);
    expect([code, out]).toEqual([0, expect.stringContaining(`${prosodyFile()} is as it was before already`)]);
    expect([existsSync(backup()), read(configFile())]).toEqual([false, configJs]);
  });

  it('keeps what somebody wrote since as the backup, and the earlier one beside it', async () => {
    await apply(['--yes']);
    const other = prosody.replace('lobby_muc', 'main_muc');
    writeFileSync(prosodyFile(), other);
    expect((await apply(['--yes'])).out).toContain(`Its earlier backup is ${backup()}.1 now.`);
    expect([read(backup()), read(`${backup()}.1`)]).toEqual([other, prosody]);
    await undo({}, ['--yes']);
    expect(read(prosodyFile())).toBe(other);
    expect(readdirSync(join(root, 'etc/prosody/conf.avail'))).toEqual([
      'meet.example.org.cfg.lua',
      'meet.example.org.cfg.lua.before-tokens.1',
    ]);
  });

  it('says that --undo takes out what was changed since', async () => {
    await apply(['--yes']);
    expect((await undo({ answers: ['no'] })).err).toBe('Nothing was written.\n');
    writeFileSync(prosodyFile(), `-- mine\n${read(prosodyFile())}`);
    expect((await undo({ answers: ['no'] })).err).toContain(`${prosodyFile()} was changed after --apply wrote it.`);
  });

  it('keeps what --undo takes out of what was changed since', async () => {
    const copy = `${prosodyFile()}.before-undo`;
    for (const [number, kept] of [copy, `${copy}.1`].entries()) {
      await apply(['--yes']);
      const mine = `-- mine ${number}\n${read(prosodyFile())}`;
      writeFileSync(prosodyFile(), mine);
      expect((await undo({}, ['--yes'])).out).toContain(`kept the one with later changes as ${kept}\n`);
      expect([read(prosodyFile()), read(kept)]).toEqual([prosody, mine]);
      expect(statSync(kept).mode & 0o077).toBe(0);
    }
    expect(existsSync(`${configFile()}.before-undo`)).toBe(false);
  });

  it('names the file that it leaves alone', async () => {
    writeFileSync(configFile(), `config.tokenAuthUrl =\n    'https://login.example.org/';\n`);
    expect((await apply(['--yes'])).err).toContain(`${configFile()}: Line 1 has config.tokenAuthUrl, but not as one`);
    expect(read(prosodyFile())).toBe(prosody);
  });

  it('enables a module that only a comment names', async () => {
    writeFileSync(
      prosodyFile(),
      prosody
        .replace('"muc_meeting_id";', '"muc_meeting_id"; --"token_verification";')
        .replace('        --"token_verification";\n', ''),
    );
    await apply(['--yes']);
    expect(read(prosodyFile())).toMatch(/^ *modules_enabled = \{ (?:"token_affiliation"; )?"token_verification";/m);
  });

  it('follows a link to the file that counts', async () => {
    const link = mkdtempSync(join(tmpdir(), 'apply-link-'));
    mkdirSync(join(link, 'etc/prosody/conf.avail'), { recursive: true });
    mkdirSync(join(link, 'etc/jitsi/meet'), { recursive: true });
    symlinkSync(prosodyFile(), join(link, 'etc/prosody/conf.avail/meet.example.org.cfg.lua'));
    symlinkSync(configFile(), join(link, 'etc/jitsi/meet/meet.example.org-config.js'));
    await cli([...common, '--apply', '--into', link, '--yes'], { env });
    expect(read(prosodyFile())).toContain('my_app');
    expect(lstatSync(join(link, 'etc/prosody/conf.avail/meet.example.org.cfg.lua')).isSymbolicLink()).toBe(true);
  });

  it('enables what a lobby needs with --lobby, and says where Jicofo is not', async () => {
    rmSync(jicofoFile());
    const { err } = await apply(['--yes', '--lobby']);
    expect(err).toContain('append to its jicofo.conf: jicofo.conference.enable-auto-owner = false');
    expect(read(prosodyFile())).toMatch(
      /VirtualHost "meet\.[^]*"persistent_lobby"[^]*Component "conf[^]*"token_lobby_bypass"/,
    );
  });

  it('leaves moderators to Jicofo with --moderators server', async () => {
    await apply(['--yes', '--moderators', 'server']);
    expect(read(prosodyFile())).not.toMatch(/token_affiliation|wait_for_host/);
    expect(read(jicofoFile())).toBe(jicofoConf);
  });

  it.each([
    ['no block of the host', prosody.replaceAll('"meet.example.org"', '"other.example.org"'), 'has 0 blocks'],
    ['two of them', prosody + prosody, 'has 2 blocks'],
    ['no authentication', prosody.replace(/ {4}authentication = "jitsi.*\n/, ''), 'authentication ='],
    [
      'a value of several lines',
      prosody.replace('    ssl = {', '    asap_accepted_issuers = {\n      "a" }\n    ssl = {'),
      'Line 10 has asap_accepted_issuers, but not as one setting in one line',
    ],
    [
      'a block comment',
      prosody.replace('    modules_enabled = {', '    --[[ "token_verification"; ]]\n    modules_enabled = {'),
      'Line 13 begins a block comment',
    ],
    ['rooms without modules', prosody.replaceAll(/ {4}modules_enabled = \{[^}]*\}\n/g, ''), 'modules_enabled'],
  ])('leaves a file alone that has %s', async (_what, content, expected) => {
    writeFileSync(prosodyFile(), content);
    const { code, err } = await apply(['--yes']);
    expect([code, err]).toEqual([64, expect.stringContaining(expected)]);
    expect(read(prosodyFile())).toBe(content);
    expect(read(configFile())).toBe(configJs);
  });

  it.each([
    [['--apply', '--undo'], 'exclude each other'],
    [['--apply', '--out', 'x'], '--out'],
    [['--yes'], 'are for --apply'],
    [['--apply', '--into', '/nowhere'], 'no such file'],
  ])('says what is wrong with %j', async (options, expected) => {
    expect(await cli([...common, ...options], { env })).toMatchObject({
      code: 64,
      err: expect.stringContaining(expected),
    });
  });

  it('needs a secret that the backend has as well, and a terminal or --yes', async () => {
    expect((await apply(['--yes'], { env: {} })).err).toContain('Set JWT_APP_SECRET');
    expect((await apply()).err).toContain('--yes');
  });
});

describe('config --apply for docker', () => {
  it('replaces lines of .env in place, those that are commented out as well', async () => {
    const file = join(root, '.env');
    writeFileSync(
      file,
      '# Settings\nHTTP_PORT=8000\n#ENABLE_AUTH=1\nAUTH_TYPE=internal\nJWT_APP_ID=old\nJWT_APP_ID=older\n#JWT_APP_SECRET=\nTZ=UTC\n',
    );
    const options = [
      'config',
      '--domain',
      'meet.example.org',
      '--app-id',
      'my_app',
      '--install',
      'docker',
      '--apply',
      '--into',
      file,
      '--yes',
    ];
    const { code, out } = await cli(options, { env });
    expect(code).toBe(0);
    expect(out).not.toContain(env.JWT_APP_SECRET);
    expect(read(file).split('\n').slice(0, 7)).toEqual([
      '# Settings',
      'HTTP_PORT=8000',
      'ENABLE_AUTH=1',
      'AUTH_TYPE=jwt',
      'JWT_APP_ID=my_app',
      `JWT_APP_SECRET=${env.JWT_APP_SECRET}`,
      'TZ=UTC',
    ]);
    expect(read(file)).toContain('\nJWT_ALLOW_EMPTY=0\n');
    expect((await cli(options, { env })).code).toBe(1);
  });
});

describe('lists in .env', () => {
  const wanted = `XMPP_CONFIGURATION='cache_keys_url="https://id.example.org/jwks"'`;
  const added = 'cache_keys_url="https://id.example.org/jwks"';
  it.each([
    ['a comment behind', 'XMPP_CONFIGURATION=a=1,b=2 # mine, not yours', 'a=1,b=2'],
    ['a comment behind quotes', `XMPP_CONFIGURATION='a="x"' # mine, not yours`, 'a="x"'],
    ['quotes in quotes', String.raw`XMPP_CONFIGURATION="a=\"x\",b=1"`, 'a="x",b=1'],
    ['single quotes in double ones', `XMPP_CONFIGURATION="a='x',b=1"`, "a='x',b=1"],
    ['single quotes in single ones', String.raw`XMPP_CONFIGURATION='a=\'x\''`, "a='x'"],
    ['what is filled in', 'XMPP_CONFIGURATION=a=${MINE},b=1', 'a=ours,b=1'],
    ['a $ that stays', `XMPP_CONFIGURATION='a="$MINE"'`, 'a="$MINE"'],
    ['a backslash', String.raw`XMPP_CONFIGURATION='a="\d",b=1'`, String.raw`a="\d",b=1`],
    ['export', 'export XMPP_CONFIGURATION=a=1', 'a=1'],
    ['blanks and a colon', 'XMPP_CONFIGURATION : a=1', 'a=1'],
    ['line ends of Windows', 'XMPP_CONFIGURATION=a=1\r', 'a=1'],
    ['the same name twice', 'XMPP_CONFIGURATION=z=1\nXMPP_CONFIGURATION=a=1', 'a=1'],
  ])('keep what Compose reads there: %s', (_, line, old) => {
    const after = withEnvLines(`${line}\n`, [wanted]);
    expect(parseEnv(after, { MINE: 'ours' })).toEqual({ XMPP_CONFIGURATION: `${old},${added}` });
    expect(withEnvLines(after, [wanted])).toBe(after);
  });

  it('of several lines are for a person', () => {
    expect(() => withEnvLines(`XMPP_CONFIGURATION='a=1,\nb=2'\n`, [wanted])).toThrow(
      'The value of XMPP_CONFIGURATION isn’t one plain text between quotes, in one line.',
    );
  });

  it('leave prose in comments alone', () => {
    const prose = '# XMPP_CONFIGURATION: lines of Prosody\n';
    expect(withEnvLines(prose, [wanted])).toBe(`${prose}${wanted}\n`);
  });
});

it('shows no secret of .env, however it is written', async () => {
  const file = join(root, '.env');
  writeFileSync(file, 'export JWT_APP_SECRET=hidden-1\nJWT_APP_SECRET = hidden-2\n');
  const docker = ['config', '--domain', 'meet.example.org', '--app-id', 'my_app', '--install', 'docker'];
  const { out } = await cli([...docker, '--apply', '--into', file, '--yes'], { env });
  expect(out).toContain('(the old secret)');
  expect(out).not.toContain('hidden');
  expect(read(file).match(/JWT_APP_SECRET/g)).toHaveLength(1);
});

describe('assignments in config.js', () => {
  const wanted = ["config.sso = { a: 'new' };"];

  it.each([
    ['one line', "config.sso = { a: 'b' };\nx();", "config.sso = { a: 'new' };\nx();\n"],
    ['one without ;', "config.sso = { a: 'b' } // mine\nx()", "config.sso = { a: 'new' };\nx()\n"],
    ['two of them', 'config.sso = 1;\nx();\nconfig.sso = { a: f(2) };', "x();\nconfig.sso = { a: 'new' };\n"],
    ['a comment', "/*\nconfig.sso = 'b';\n*/", "/*\nconfig.sso = 'b';\n*/\nconfig.sso = { a: 'new' };\n"],
    ['a line comment', "// don't: config.sso = 'b'", "// don't: config.sso = 'b'\nconfig.sso = { a: 'new' };\n"],
    ['a text', 'x(`\nconfig.sso = 1;\n`);', "x(`\nconfig.sso = 1;\n`);\nconfig.sso = { a: 'new' };\n"],
    ['regular expressions', 'x = /[\'"({[]/;', "x = /['\"({[]/;\nconfig.sso = { a: 'new' };\n"],
    ['a call before it', "x()\nconfig.sso = 'b'", "x()\nconfig.sso = { a: 'new' };\n"],
    ['a comparison', 'x(config.sso === 1)', "x(config.sso === 1)\nconfig.sso = { a: 'new' };\n"],
  ])('take %s for what it is', (_, before, after) => {
    expect(withAssignments(before, wanted)).toBe(after);
    expect(withAssignments(after, wanted)).toBe(after);
  });

  it.each([
    ['brackets of several lines', "x();\nconfig.sso = {\n  a: 'b',\n};", 'Line 2 has config.sso, but not as one'],
    ['a value in the next line', "config.sso =\n  'b';", 'Line 1 has'],
    ['a text of several lines', 'config.sso = `\n`;', 'Line 1 has'],
    ['a sum of several lines', "config.sso = 'b' +\n  'c';", 'Line 1 has'],
    ['a sum that the next line begins', "config.sso = 'b'\n  // more\n  + 'c';", 'Line 1 has'],
    ['two statements in a line', "config.sso = 'b'; x();", 'Line 1 has'],
    ['two assignments in a line', "config.sso = 'b', y = 2;", 'Line 1 has'],
    ['another one before it', "x(); config.sso = 'b';", 'Line 1 has'],
    ['the begin of a comment behind it', "config.sso = 'b'; /* x\n*/", 'Line 1 has'],
    ['an addition', "config.sso += 'b';", 'Line 1 has'],
    ['a condition', "if (x) {\n  config.sso = 'b';\n}", 'Line 2 has'],
    ['a condition without brackets', "if (x)\n  // why\n  config.sso = 'b';", 'Line 3 has'],
    ['a condition of several lines', "if (x &&\n  y)\n  config.sso = 'b';", 'Line 3 has'],
    ['what else there is', "if (x) y();\nelse\n  config.sso = 'b';", 'Line 3 has'],
    ['a comment that nothing closes', 'x();\n/* y', 'Line 2 begins a comment'],
    ['a bracket that nothing closes', 'x();\nconfig = {', 'Line 2 opens a bracket'],
    ['a bracket that nothing opened', 'x();\n}', 'Line 2 closes a bracket'],
  ])('refuse %s', (_, before, expected) => {
    expect(() => withAssignments(before, wanted)).toThrow(expected);
  });
});

describe('values of .env in quotes', () => {
  it('of several lines are for a person', () => {
    expect(() => withEnvLines("A=1\nB='x\nJWT_APP_ID=no\n'\n", ['JWT_APP_ID=my_app'])).toThrow('Line 2 begins a value');
  });

  it('may have the other quotes in them, and a comment behind', () => {
    const lines = `A="it's" # mine\nB='say \\'x\\''\n# C: "d\n`;
    expect(withEnvLines(lines, ['D=1'])).toBe(`${lines}D=1\n`);
  });
});

describe('what is shown of a file', () => {
  it.each([
    ['JICOFO_AUTH_PASSWORD=hidden', 'JICOFO_AUTH_PASSWORD=(secret)'],
    ['LDAP_BINDPW=hidden # word', 'LDAP_BINDPW=(secret)'],
    ['TURN_CREDENTIALS="hidden word"', 'TURN_CREDENTIALS=(secret)'],
    ['external_service_secret = "hidden";', 'external_service_secret = (secret)'],
    ['turncredentials_secret="hidden"', 'turncredentials_secret=(secret)'],
    ['turncredentials_secret =\n  "hidden"', 'turncredentials_secret =\n    (secret)'],
    ['app_id = "a"; password = "hidden"', 'app_id = "a"; password = (secret)'],
    ['["api_token"] = "hidden"', '["api_token"] = (secret)'],
    ["apiKey: 'hidden',", 'apiKey: (secret)'],
    ['allow_empty_token = false', 'allow_empty_token = false'],
    ['authentication = "token"', 'authentication = "token"'],
  ])('%s', (line, expected) => {
    const [before, after] = [`a\n${line}\nb`, `x\n${line}\ny`];
    expect(difference(...masked(before, after))).toBe(`- a\n+ x\n  ${expected}\n- b\n+ y`);
  });

  it('is also the line behind an empty secret', () => {
    expect(difference(...masked('JWT_APP_SECRET=\nTZ=UTC', 'JWT_APP_SECRET=hidden\nTZ=UTC'))).toBe(
      '- JWT_APP_SECRET=\n+ JWT_APP_SECRET=(the new secret)\n  TZ=UTC',
    );
  });

  it('is which secret changes, also where one begins like the other', () => {
    expect(difference(...masked('JWT_APP_SECRET=abc', 'JWT_APP_SECRET=abcdef'))).toBe(
      '- JWT_APP_SECRET=(the old secret)\n+ JWT_APP_SECRET=(the new secret)',
    );
  });
});

it('a difference shows the lines around a change, and no others', () => {
  expect(difference('a\nb\nc\nd\ne', 'a\nb\nX\nd\ne')).toBe('  b\n- c\n+ X\n  d');
});
