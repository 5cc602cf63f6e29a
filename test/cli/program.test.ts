import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { run } from '../helpers/processes.js';

const program = ['--import', 'tsx', 'src/cli/index.ts'];
const check = [...program, 'check', 'a.b.c', '--domain', 'd.example', '--room', 'r'];

describe('the program', () => {
  it('runs, and ends with the command’s code', async () => {
    const help = run('node', [...program, '--help']);
    await help.printed(/jitsi-meeting-element COMMAND/);
    const wrong = run('node', check);
    await wrong.printed(/Connecting: no/);
    expect(await new Promise((resolve) => wrong.child.once('close', resolve))).toBe(1);
  });

  it('ends with the command’s code, and without a word, where nobody reads to the end: as before | head', async () => {
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
