import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixes } from '../../src/preflight/index.js';

describe('docs/reference/troubleshooting.md', () => {
  const guide = readFileSync('docs/reference/troubleshooting.md', 'utf8');

  it.each(Object.keys(fixes))('explains %s', (code) => {
    const section = guide.split(`### \`${code}\`\n\n`)[1]?.split('\n### ')[0];
    expect(section).toMatch(/^[A-Z`][^\n]{20,}\n[^]*\*\*Fix:\*\* /);
  });
});
