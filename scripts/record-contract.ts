// Records names and types of all entries: what test/package/contract.test.ts compares with. Look at the difference in git.
import { writeFileSync } from 'node:fs';
import { readContract } from '../test/support/contract.js';

writeFileSync('test/data/contract/contract.json', `${JSON.stringify(readContract(), null, 2)}\n`);
