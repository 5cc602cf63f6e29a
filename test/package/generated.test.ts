import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedPages } from '../../scripts/docs.js';

describe('the pages made from the code are current (npm run docs:generate writes them)', async () => {
  it.each(Object.entries(await generatedPages()))('%s', (file, text) => {
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
