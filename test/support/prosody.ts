// A real Prosody of this machine, whose plugins are written for tests: Jitsi's own are not packed by Debian.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const domain = 'meet.example.com';
export const signing = { appId: 'my_app', secret: 'a-secret-for-tests-only-of-32-bytes!', domain };
const plugins = fileURLToPath(new URL('../doctor/prosody', import.meta.url));

export interface Setup {
  authentication?: string;
  /** Further lines of the host. */
  host?: string;
  /** Modules of the rooms, in Lua. */
  rooms?: string;
  focus?: boolean;
}

export interface RunningProsody {
  /** Of BOSH. */
  address: string;
  stop(): Promise<void>;
}

/** Starts Prosody with BOSH on a free port; resolves once it answers. */
export async function startProsody(setup: Setup = {}): Promise<RunningProsody> {
  const { authentication = 'test_token', host = '', rooms = '"test_room"', focus = true } = setup;
  const folder = mkdtempSync(join(tmpdir(), 'prosody-'));
  const port = await freePort();
  const file = join(folder, 'prosody.cfg.lua');
  writeFileSync(
    file,
    `run_as_root = true\npidfile = "${folder}/prosody.pid"\ndata_path = "${folder}"\nplugin_paths = { "${plugins}" }
log = { error = "*console" }\nmodules_enabled = { "saslauth"; "bosh" }\nmodules_disabled = { "s2s"; "tls"; "c2s" }
c2s_require_encryption = false\nconsider_bosh_secure = true\nhttp_ports = { ${port} }\nhttp_interfaces = { "127.0.0.1" }
https_ports = {}\nhttp_default_host = "${domain}"
VirtualHost "${domain}"
  authentication = "${authentication}"\n  app_id = "my_app"\n  app_secret = "${signing.secret}"\n  ${host}
Component "conference.${domain}" "muc"\n  muc_room_locking = false\n  modules_enabled = { ${rooms} }
${focus ? `Component "focus.${domain}"\n  modules_enabled = { "test_focus" }\n` : ''}`,
  );
  const prosody = spawn('prosody', ['-F', '--config', file], { stdio: 'ignore' });
  const address = `http://127.0.0.1:${port}/http-bind`;
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => prosody.once('exit', resolve));
    prosody.kill();
    await ended;
    rmSync(folder, { recursive: true });
  };
  for (let tries = 0; tries < 200; tries++) {
    const up = await fetch(address).then(
      () => true,
      () => false,
    );
    if (up) return { address, stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stop();
  throw new Error('Prosody didn’t start.');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/**
 * What `prosodyctl check config` prints of the hosts' files that `config` wrote into `out`, included by a main file as
 * Debian's own prosody.cfg.lua: the usual modules, then a file for each host.
 *
 * @param folder what Prosody's own user has to be able to read
 */
export function checkedByProsody(out: string, folder: string): string {
  mkdirSync(join(out, 'certs'));
  const main = join(out, 'prosody.cfg.lua');
  writeFileSync(
    main,
    `data_path = "${out}"\npidfile = "${out}/prosody.pid"\nlog = {}\ncertificates = "certs"\n` +
      'modules_enabled = { "roster"; "saslauth"; "tls"; "disco"; "posix"; "admin_shell" }\n' +
      'authentication = "internal_hashed"\nInclude "prosody/*.cfg.lua"\n',
  );
  spawnSync('chmod', ['-R', 'a+rX', folder]);
  return spawnSync('prosodyctl', ['--config', main, 'check', 'config'], { encoding: 'utf8' }).stdout;
}
