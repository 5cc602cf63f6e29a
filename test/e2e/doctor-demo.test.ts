// The commands of docs/guides/demo.md that show the doctor at work.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../demo/server/start.js';

const settings = { JWT_APP_ID: 'my_app', JWT_APP_SECRET: randomBytes(32).toString('hex') };

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({ port: 0, env: settings });
});
afterAll(() => demo?.close());

it('examines the demo, whose certificate it is told to trust', async () => {
  const certificate = '.cache/certificates/localhost.crt';
  expect(readFileSync(certificate, 'utf8')).not.toContain('PRIVATE');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'src/cli/index.ts', 'doctor', '--domain', new URL(demo.url).host],
    { env: { ...process.env, ...settings, NODE_EXTRA_CA_CERTS: certificate } },
  );
  expect(stdout).toContain('Only a valid token gets in.');
});
