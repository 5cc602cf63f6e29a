// Compiles a project that imports every entry of the packed package, with each release of TypeScript that the package
// promises and each way of finding modules, strictly and with the libraries' declarations checked: npm run test:types-matrix
import { readFileSync, writeFileSync } from 'node:fs';
import { consumer, packed, runIn } from './consumers.js';

const { name, exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  name: string;
  exports: Record<string, string | { types: string }>;
};
const archive = packed();
const folder = consumer('typescript', archive);
const { devDependencies } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as {
  devDependencies: Record<string, string>;
};
const compilers = Object.keys(devDependencies).filter((one) => one.startsWith('typescript-'));
const resolutions = { bundler: 'esnext', node16: 'node16', nodenext: 'nodenext' };

// Every entry, so that a new one is held at once.
const entries = Object.entries(exports).flatMap(([entry, target]) =>
  typeof target === 'string' ? [] : [name + entry.slice(1).replace('*', 'en')],
);
const imports = entries.map((entry, index) => `import * as entry${index} from '${entry}';`);
const list = entries.map((_, index) => `entry${index}`).join(', ');
writeFileSync(`${folder}/entries.ts`, `${imports.join('\n')}\nexport const entries: object[] = [${list}];\n`);

/** The projects, and the libraries that each may use. */
const projects = {
  page: { files: ['entries.ts', 'page.tsx'], lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: [] as string[] },
  server: { files: ['server.ts'], lib: ['ES2023'], types: ['node'] },
};

let failures = 0;
const rows: Record<string, Record<string, string>> = {};
for (const compiler of compilers) {
  for (const [moduleResolution, module] of Object.entries(resolutions)) {
    const row = (rows[`${compiler.replace('-', ' ')}, ${moduleResolution}`] = {} as Record<string, string>);
    for (const [project, { files, lib, types }] of Object.entries(projects)) {
      const compilerOptions = { target: 'ES2022', module, moduleResolution, lib, types, strict: true };
      const checks = { skipLibCheck: false, exactOptionalPropertyTypes: true, noEmit: true, jsx: 'react-jsx' };
      const config = `${project}.json`;
      writeFileSync(
        `${folder}/${config}`,
        JSON.stringify({ compilerOptions: { ...compilerOptions, ...checks }, files }),
      );
      const { ok, output } = runIn(folder, `${compiler}/bin/tsc`, ['-p', config]);
      row[project] = ok ? 'ok' : 'FAILS';
      if (ok) continue;
      failures++;
      console.log(`${compiler}, ${moduleResolution}, ${project}:\n${output.split('\n').slice(0, 12).join('\n')}\n`);
    }
  }
}
console.table(rows);
process.exit(failures ? 1 : 0);
