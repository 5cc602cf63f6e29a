// npm run bench -- bytes: which module weighs what in the single files. "brotli" is by how much a file shrinks without it.
import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { brotliCompressSync } from 'node:zlib';

/** Smaller modules are left out of the table. */
const least = 300;
const dist = new URL('../dist/', import.meta.url);
const engine = readdirSync(new URL('jitsi-meeting/', dist)).find((name) => /^engine-.*\.js$/.test(name));

for (const name of [
  'jitsi-meeting.js',
  `jitsi-meeting/${engine}`,
  'jitsi-meeting.core.js',
  'jitsi-meeting.classic.js',
]) {
  const [code, map] = ['', '.map'].map((end) => readFileSync(new URL(name + end, dist), 'utf8'));
  const parts = partsByModule(code!, new SourceMap(JSON.parse(map!) as ConstructorParameters<typeof SourceMap>[0]));
  const whole = brotli(code!);
  const rows = [...new Set(parts.map(({ module }) => module))].flatMap((module) => {
    const minified = text(parts.filter((part) => part.module === module)).length;
    const rest = parts.filter((part) => part.module !== module);
    return minified < least ? [] : { module, minified, brotli: whole - brotli(text(rest)) };
  });
  console.log(`\n${name}: ${code!.length} minified, ${whole} brotli`);
  console.table(rows.toSorted((a, b) => b.brotli - a.brotli));
}

interface Part {
  module: string;
  text: string;
}

function partsByModule(code: string, map: SourceMap): Part[] {
  const parts: Part[] = [];
  for (const [line, content] of code.split('\n').entries())
    for (const { index: column, 0: piece } of content.matchAll(/[\w$#]+|[^\w$#]/g)) {
      const entry = map.findEntry(line, column);
      const source = 'originalSource' in entry && entry.generatedLine === line ? entry.originalSource : undefined;
      const module = source?.replace(/^(\.\.\/)+/, '') || 'the bundler';
      if (parts.at(-1)?.module !== module) parts.push({ module, text: '' });
      parts.at(-1)!.text += piece;
    }
  return parts;
}

function text(parts: Part[]): string {
  return parts.map((part) => part.text).join('');
}

function brotli(code: string): number {
  return brotliCompressSync(code).byteLength;
}
