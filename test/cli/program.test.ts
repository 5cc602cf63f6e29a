import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../support/processes.js';

const program = ['--import', 'tsx', 'src/cli/index.ts'];
const check = [...program, 'check', 'a.b.c', '--domain', 'd.example', '--room', 'r'];

async function outcome(args: readonly string[]): Promise<{ code: number; said: string }> {
  const { child, output } = run('node', [...program, ...args]);
  const [code] = (await once(child, 'close')) as [number];
  return { code, said: output() };
}

describe('the program', () => {
  it('tells the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await outcome(['--version'])).toEqual({ code: 0, said: `${version}\n` });
  });

  it('takes nothing from a file of settings but the deployment’s, and says when it isn’t there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'program-'));
    const [trace, hook, settings] = ['trace', 'hook.cjs', '.env'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(hook, `require('node:fs').writeFileSync(${JSON.stringify(trace)}, 'ran')`);
    writeFileSync(settings, `NODE_OPTIONS="--require ${hook}"\nJWT_APP_ID=my_app\n`);
    const args = ['check', 'a.b.c', '--domain', 'd.example', '--room', 'r'];
    for (const given of [['--settings', settings], [`--settings=${settings}`]])
      expect((await outcome([...args, ...given])).said).toMatch(/Connecting: no/);
    expect(existsSync(trace)).toBe(false);
    const none = await outcome([...args, '--settings', join(folder, 'none')]);
    expect(none).toEqual({ code: 64, said: expect.stringMatching(/can’t be read: it isn’t there/) as string });
    rmSync(folder, { recursive: true });
  });

  it('runs, and ends with the command’s code', async () => {
    const help = run('node', [...program, '--help']);
    await help.printed(/jitsi-meeting-element COMMAND/);
    const wrong = run('node', check);
    await wrong.printed(/Connecting: no/);
    expect(await new Promise((resolve) => wrong.child.once('close', resolve))).toBe(1);
  });

  it('ends with the command’s code and no message when its output is read only in part, as before | head', async () => {
    const config = [...program, 'config', '--domain', 'd.example', '--app-id', 'a'];
    for (const [args, expected] of [
      [config, 0],
      [check, 1],
    ] as const) {
      const child = spawn('node', args, { stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout.destroy();
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number];
      expect({ code, said }).toEqual({ code: expected, said: '' });
    }
  });
});
