// The doctor on a real Prosody, whose plugins are written for this test: Jitsi's own are not packed by Debian.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { missing } from '../../scripts/programs.js';
import { examine, type DoctorWorld, type Report } from '../../src/doctor/index.js';
import { selfHosted } from '../../src/preflight/index.js';

const domain = 'meet.example.com';
const signing = { appId: 'my_app', secret: 'a-secret-for-tests-only-of-32-bytes!', domain };
const plugins = fileURLToPath(new URL('prosody', import.meta.url));

let folder: string;
let prosody: ChildProcess | undefined;
afterEach(async () => {
  const ended = new Promise((resolve) => prosody?.once('exit', resolve));
  prosody?.kill();
  await ended;
  rmSync(folder, { recursive: true });
});

interface Setup {
  authentication?: string;
  host?: string;
  rooms?: string;
  focus?: boolean;
}

/** Starts Prosody with BOSH on a free port, and resolves with the port once it answers. */
async function start({ authentication = 'test_token', host = '', rooms = '"test_room"', focus = true }: Setup) {
  folder = mkdtempSync(join(tmpdir(), 'prosody-'));
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
  prosody = spawn('prosody', ['-F', '--config', file], { stdio: 'ignore' });
  const address = `http://127.0.0.1:${port}/http-bind`;
  for (let tries = 0; tries < 200; tries++) {
    const up = await fetch(address).then(
      () => true,
      () => false,
    );
    if (up) return address;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('Prosody didn’t start.');
}

/** Examines it, with a web server in front that has what Jitsi's has. */
async function examined(setup: Setup = {}): Promise<Report> {
  const bosh = await start(setup);
  const config = `var config = { hosts: { domain: '${domain}', muc: 'conference.' + subdomain + '${domain}' } };`;
  const world: DoctorWorld = {
    fetch(input, init) {
      const { pathname, search } = new URL(String(input));
      if (pathname === '/http-bind') return fetch(`${bosh}${search}`, init);
      return Promise.resolve(new Response(pathname === '/config.js' ? config : '/* JitsiMeetExternalAPI */'));
    },
    upgrade: async () => 101,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 20))),
    now: Date.now,
  };
  const deployment = selfHosted({ appId: 'my_app', secret: signing.secret, domain });
  return examine({ domain, room: 'doctor', tenant: null, signing, deployment }, world);
}

const reason = missing('prosodyctl');

describe.skipIf(reason)(`on a real Prosody ${reason ?? ''}`, { timeout: 60_000 }, () => {
  it('only a valid token gets in', async () => {
    const { trials, problems, sentence } = await examined();
    expect(problems).toEqual([]);
    expect(sentence).toMatch(/^Only a valid token gets in\./);
    const texts = trials.map(({ name, ...answers }) => {
      const answer = answers.join ?? answers.connect;
      return [name, answer.answer === 'refused' ? answer.text : answer.answer];
    });
    expect(Object.fromEntries(texts)).toMatchObject({
      valid: 'accepted',
      none: 'token required',
      'other-secret': 'Invalid signature',
      'other-room': 'Room and token mismatched',
      'no-typ': 'Invalid typ',
    });
  });

  it.each<[string, Setup, string]>([
    ['anonymous login', { authentication: 'anonymous', rooms: '' }, 'anonymous-login'],
    ['a plugin that didn’t load', { authentication: 'not_there' }, 'login-modules-missing'],
    ['empty tokens', { host: 'allow_empty_token = true' }, 'empty-token-allowed'],
    ['another secret', { host: 'app_secret = "another secret that is long enough"' }, 'other-secret'],
    ['rooms that look at no token', { rooms: '' }, 'room-check-missing'],
    ['a focus that isn’t there', { focus: false }, 'jicofo-down'],
  ])('tells %s', async (_name, setup, code) => {
    const { problems } = await examined(setup);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
