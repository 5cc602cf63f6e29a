import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrowserError, startChromium } from '../../src/cli/watch/chromium.js';
import { Devtools, DevtoolsError } from '../../src/cli/watch/devtools.js';

describe('the pipe to a browser', () => {
  const from = () => new PassThrough();

  it('waits for no answer for ever', async () => {
    const devtools = new Devtools(new PassThrough(), from());
    await expect(devtools.send('Runtime.evaluate', {}, undefined, 5)).rejects.toThrow(DevtoolsError);
  });

  it('puts messages together, however they are cut', async () => {
    const browser = from();
    const devtools = new Devtools(new PassThrough(), browser);
    const taken: string[] = [];
    devtools.onEvent = ({ method }) => void taken.push(method);
    const answered = devtools.send('Browser.getVersion');
    const told = '{"method":"a"}\0{"method":"b"}\0{"id":1,"result":{"product":"c"}}\0';
    for (const letter of told) browser.write(letter);
    expect(await answered).toEqual({ product: 'c' });
    expect(taken).toEqual(['a', 'b']);
  });
});

describe('a browser that can’t be started', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'no-browser-'));
    vi.stubEnv('TMPDIR', folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('leaves no profile behind, whatever is wrong', async () => {
    const program = join(folder, 'program');
    // Neither a program of this machine nor a script.
    writeFileSync(program, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 0]));
    chmodSync(program, 0o755);
    await expect(startChromium(program, {})).rejects.toThrow(BrowserError);
    const wrong = { NODE_EXTRA_CA_CERTS: join(folder, 'missing.pem') };
    await expect(startChromium(program, wrong)).rejects.toThrow('missing.pem", whose certificates can’t be read');
    expect(readdirSync(folder)).toEqual(['program']);
  });
});
