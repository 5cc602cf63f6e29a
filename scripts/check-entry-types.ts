// Whether every entry of the packed package leads a compiler to its types, as are-the-types-wrong sees it; the build comes
// first. The package is made of ES modules alone, so what `require` and old compilers would find doesn't count.
import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { packed } from './consumers.js';

const analysis = await checkPackage(createPackageFromTarballData(readFileSync(packed())));
if (!analysis.types) throw new Error('The package has no types.');
const ours = ['node16-esm', 'bundler'];
const problems = analysis.problems.filter((problem) => {
  const how = 'resolutionKind' in problem ? problem.resolutionKind : undefined;
  return how === undefined || ours.includes(how);
});
for (const problem of problems) console.log(JSON.stringify(problem));
console.log(`${Object.keys(analysis.entrypoints).length} entries, ${problems.length} problems with their types`);
process.exit(problems.length ? 1 : 0);
