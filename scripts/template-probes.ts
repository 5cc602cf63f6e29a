// Templates with mistakes, which the types of the tags must refuse, and one without: npm run test:templates. Names as
// arguments choose the frameworks.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { consumer, packed, runIn } from './consumers.js';

/** Framework -> the program of its packages that checks templates. */
const checkers: Record<string, [program: string, ...args: string[]]> = {
  react: ['typescript/bin/tsc', '--pretty', 'false'],
  preact: ['typescript/bin/tsc', '--pretty', 'false'],
  solid: ['typescript/bin/tsc', '--pretty', 'false'],
  vue: ['vue-tsc/bin/vue-tsc.js', '--pretty', 'false'],
  svelte: ['svelte-check/bin/svelte-check', '--output', 'machine', '--no-color'],
};

/** The pages of docs/reference whose examples are compiled as well. */
const examples: Record<string, string[]> = { vue: ['vue', 'compat-vue-sdk'], svelte: ['svelte'] };
const exampleOf = (page: string): string =>
  /<!-- example -->\n+```\w+\n([^]*?)\n```/.exec(readFileSync(page, 'utf8'))![1]!;

/** `wrong.tsx:5` from `wrong.tsx(5,3): error ...`, or from `ERROR "Wrong.svelte" 5:3 ...`. */
const place = /^(?:(\S+)\((\d+),\d+\): error|\d+ ERROR "([^"]+)" (\d+):\d+)/gm;

let failures = 0;
const rows: Record<string, object> = {};
const archive = packed();
const chosen = process.argv.slice(2);
for (const [framework, [program, ...args]] of Object.entries(checkers)) {
  if (chosen.length && !chosen.includes(framework)) continue;
  const folder = consumer(framework, archive);
  for (const [index, page] of (examples[framework] ?? ['jsx']).entries())
    writeFileSync(
      `${folder}/Docs${index}.${examples[framework] ? framework : 'tsx'}`,
      exampleOf(`docs/reference/${page}.md`),
    );
  const mistakes = readdirSync(folder).flatMap((file) =>
    /^wrong\./i.test(file)
      ? readFileSync(`${folder}/${file}`, 'utf8')
          .split('\n')
          .flatMap((line, index) => (/[*/-] wrong: /.test(line) ? [`${file}:${index + 1}`] : []))
      : [],
  );
  const { output } = runIn(folder, program, args);
  const refused = new Set(
    [...output.matchAll(place)].map(([, file, line, other, at]) => `${file ?? other}:${line ?? at}`),
  );
  const missed = mistakes.filter((mistake) => !refused.has(mistake));
  const wronged = [...refused].filter((one) => !mistakes.includes(one));
  rows[framework] = { mistakes: mistakes.length, refused: mistakes.length - missed.length, others: wronged.length };
  if (!missed.length && !wronged.length && mistakes.length) continue;
  failures++;
  console.log(
    `${framework}\n not refused: ${missed.join(' ')}\n refused: ${wronged.join(' ')}\n${output.slice(0, 3000)}`,
  );
}
console.table(rows);
process.exit(failures ? 1 : 0);
