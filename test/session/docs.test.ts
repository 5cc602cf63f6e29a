import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { statesPage } from '../../scripts/docs-states.js';

it('docs/internals/states.md is what the table of states says (npm run docs:states)', async () => {
  expect(readFileSync('docs/internals/states.md', 'utf8')).toBe(await statesPage());
});
