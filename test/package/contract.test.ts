import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readContract, type Contract } from '../support/contract.js';

// A name or a type that changes on purpose is recorded anew: npm run record:contract.
it(
  'the entries offer the names and types, and the element the attributes, that are recorded in test/data/contract',
  { timeout: 60_000 },
  () => {
    const recorded = JSON.parse(readFileSync('test/data/contract/contract.json', 'utf8')) as Contract;
    expect(readContract()).toEqual(recorded);
  },
);
