// npm run bench -- NAME: runs bench/NAME.ts and prints what it measures.
import { existsSync } from 'node:fs';

const name = process.argv[2] ?? '';
const file = new URL(`./${name}.ts`, import.meta.url);
if (!/^[a-z-]+$/.test(name) || name === 'run' || !existsSync(file)) {
  console.error('Say what to measure, for instance: npm run bench -- server');
  process.exitCode = 1;
} else await import(file.href);
