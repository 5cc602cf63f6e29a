#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { UsageError } from './io.js';
import { runCli } from './main.js';

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } catch {
    // Ctrl+C or Ctrl+D.
    throw new UsageError('\nGiven up; nothing was written.');
  } finally {
    terminal.close();
  }
}

// A reader of the output may close the pipe (`| head`). That is not a failure, and says nothing about the checked
// token.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// Two folders up both from src/cli and from dist/cli.
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  write: (line) => void stdout.write(line),
  warn: (line) => void process.stderr.write(line),
  read: () => text(stdin),
  ...(stdin.isTTY && { ask }),
  now: Date.now,
  version: () => version,
});
