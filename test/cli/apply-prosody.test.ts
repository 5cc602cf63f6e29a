// `config --apply` beside the real prosodyctl, on an installation in a folder.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isNews } from '../../src/cli/apply/prosody.js';
import { missing } from '../../scripts/programs.js';
import { cli, env, type Outcome, type World } from '../support/run-cli.js';

const host = 'meet.example.org';
const hostConfig = `VirtualHost "${host}"
    authentication = "jitsi-anonymous"
    --app_secret="example_app_secret"

Component "conference.${host}" "muc"
    modules_enabled = {
        "muc_meeting_id";
    }
`;
const mainConfig = (folder: string, modules = 'modules_enabled = { "saslauth"; "tls"; "bosh" }'): string =>
  `data_path = "${folder}"\npidfile = "${folder}/prosody.pid"\nrun_as_root = true\nlog = { error = "${folder}/log" }
certificates = "."\nadmins = {}\n${modules}\n\nInclude "conf.d/*.cfg.lua"\n`;

let root: string;
const at = (path: string): string => join(root, path);
const hostFile = (): string => at(`etc/prosody/conf.avail/${host}.cfg.lua`);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'apply-prosody-'));
  for (const folder of ['etc/prosody/conf.avail', 'etc/prosody/conf.d', 'etc/jitsi/meet', 'etc/jitsi/jicofo'])
    mkdirSync(at(folder), { recursive: true });
  writeFileSync(hostFile(), hostConfig);
  symlinkSync(hostFile(), at(`etc/prosody/conf.d/${host}.cfg.lua`));
  writeFileSync(at('etc/prosody/prosody.cfg.lua'), mainConfig(root));
  writeFileSync(at(`etc/jitsi/meet/${host}-config.js`), 'var config = {};\n');
  writeFileSync(at('etc/jitsi/jicofo/jicofo.conf'), 'jicofo {}\n');
});
afterEach(() => rmSync(root, { recursive: true }));

const options = ['config', '--domain', host, '--app-id', 'my_app', '--install', 'debian', '--into'];
const withPath = { ...env, PATH: process.env['PATH']! };
const apply = (world: World = {}, more = ['--apply']): Promise<Outcome> =>
  cli([...options, root, ...more], { env: withPath, ...world });

describe('config --apply beside the real prosodyctl', () => {
  it('has what it needs', () => expect(missing('prosodyctl')).toBeNull());

  it('lets it check the result, says that all is well, and names the services', async () => {
    const { code, out } = await apply({ answers: ['yes'] });
    expect(out).toContain(
      '\nprosodyctl check config finds nothing wrong.\nThen, as root:\n  systemctl restart prosody jicofo',
    );
    expect(out).not.toContain('  prosodyctl check config');
    expect(code).toBe(0);
  });

  it('does not blame the change for what was wrong before', async () => {
    writeFileSync(at('etc/prosody/prosody.cfg.lua'), mainConfig(root, ''));
    const { code, out } = await apply({ answers: ['yes'] });
    expect(out).toMatch(/prosodyctl check config says the same as before the change:\n {2}\w/);
    expect(code).toBe(0);
  });

  /** Well-formed until somebody sets that name. */
  const trap = `local allow_empty_token <const> = true\n${hostConfig}`;

  it('offers to put the old files back when the result is wrong, and does so after a yes', async () => {
    writeFileSync(hostFile(), trap);
    const answers = ['yes', 'yes'];
    const { code, out } = await apply({ answers });
    expect(answers).toEqual([]);
    expect(out).toContain('prosodyctl check config finds something wrong that it didn’t before:\n');
    expect(out).toContain(`Put back ${hostFile()}`);
    expect(out).not.toContain(env.JWT_APP_SECRET);
    expect(out).not.toContain('systemctl');
    expect(code).toBe(1);
    expect(readFileSync(hostFile(), 'utf8')).toBe(trap);
    expect(await apply({ answers: ['yes'] }, ['--undo'])).toMatchObject({ err: 'There is nothing to put back.\n' });
  });

  it('keeps what somebody mended while it offered that', async () => {
    writeFileSync(hostFile(), trap);
    const answers = ['yes', 'yes'];
    const mended = (): string => {
      if (answers.length === 1) writeFileSync(hostFile(), '-- mended\n');
      return answers.shift()!;
    };
    const { err } = await apply({ answers: Object.assign([], { shift: mended }) });
    expect(err).toContain(`${hostFile()} was changed while this waited for your answer. Nothing was put back`);
    expect(err).toContain('run this command with --undo in the place of --apply');
    expect(readFileSync(hostFile(), 'utf8')).toBe('-- mended\n');
    expect(readFileSync(at(`etc/jitsi/meet/${host}-config.js`), 'utf8')).toContain('config.disableAudioLevels');
  });

  it('puts all of them back where the backups are gone', async () => {
    writeFileSync(hostFile(), trap);
    const answers = ['yes', 'yes'];
    const cleaned = (): string => {
      if (answers.length === 1) rmSync(`${hostFile()}.before-tokens`);
      return answers.shift()!;
    };
    const { code } = await apply({ answers: Object.assign([], { shift: cleaned }) });
    expect([code, readFileSync(hostFile(), 'utf8')]).toEqual([1, trap]);
    expect(readFileSync(at('etc/jitsi/jicofo/jicofo.conf'), 'utf8')).toBe('jicofo {}\n');
  });

  it('keeps the backup of an earlier change when it puts a later one back', async () => {
    const before = `local wait_for_host_disable_auto_owners <const> = true\n${hostConfig}`;
    writeFileSync(hostFile(), before);
    const first = ['--apply', '--yes', '--moderators', 'server'];
    expect((await apply({}, first)).code).toBe(0);
    const once = readFileSync(hostFile(), 'utf8');
    expect((await apply({ answers: ['yes', 'yes'] })).code).toBe(1);
    expect(readFileSync(hostFile(), 'utf8')).toBe(once);
    await apply({ env: { ...withPath, JWT_APP_SECRET: 'x'.repeat(40) } }, first);
    expect(readFileSync(hostFile(), 'utf8')).not.toBe(once);
    expect(readFileSync(`${hostFile()}.before-tokens`, 'utf8')).toBe(before);
  });

  it('keeps them after a no, and where nobody can be asked', async () => {
    writeFileSync(hostFile(), trap);
    const first = await apply({ answers: ['yes', 'no'] });
    expect([first.code, readFileSync(hostFile(), 'utf8')]).toEqual([1, expect.stringContaining('my_app')]);
    await apply({}, ['--undo', '--yes']);
    const { code, err } = await apply({}, ['--apply', '--yes']);
    expect([code, err]).toEqual([1, 'The new files stay. --undo puts the old ones back.\n']);
  });

  it.each([
    ['good before', { isGood: true, lines: ['a note'] }, true],
    ['wrong in the same way before', { isGood: false, lines: ['a note'] }, false],
    ['wrong in another way before', { isGood: false, lines: ['another'] }, true],
    ['not looked at before', null, true],
  ])('blames the change for what is wrong now and was %s: %j, %s', (_, before, expected) => {
    expect(isNews({ isGood: false, lines: ['a note'] }, before)).toBe(expected);
  });
});
