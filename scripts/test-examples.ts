// Builds the examples that take their packages from a registry, with the packed package, and holds each to the same checks
// in a browser: npm run test:examples. Names as arguments choose the examples.
import { existsSync, readdirSync } from 'node:fs';
import { startWorld } from '../test/examples/app.js';
import { runChecks } from '../test/examples/checks.js';
import { fillIn, serveFolder } from '../test/examples/example.js';
import { consumer, packed, runIn } from './consumers.js';

const all = readdirSync('examples').filter((name) => existsSync(`examples/${name}/package.json`));
const chosen = process.argv.slice(2);
const names = chosen.length > 0 ? chosen : all;

const archive = packed();
const rows: Record<string, Record<string, string>> = {};
const world = await startWorld();
for (const name of names) {
  const folder = consumer(name, archive, 'examples');
  fillIn(name, folder, world);
  const isBuilt = existsSync(`${folder}/vite.config.js`);
  const { ok, output } = isBuilt ? runIn(folder, 'vite/bin/vite.js', ['build']) : { ok: true, output: '' };
  if (!ok) {
    console.log(`${name} is not built:\n${output.slice(-2000)}`);
    rows[name] = { builds: 'no' };
    continue;
  }
  const host = await serveFolder(isBuilt ? `${folder}/dist` : folder);
  const page = await world.newPage();
  rows[name] = { builds: 'ok', ...(await runChecks(page, `${host.origin}/`, world)) };
  await page.close();
  await host.close();
}
await world.close();

// Consumers beside each other, one line for each check.
const checks = [...new Set(Object.values(rows).flatMap((row) => Object.keys(row)))];
console.table(
  Object.fromEntries(
    checks.map((check) => [check, Object.fromEntries(names.map((name) => [name, rows[name]?.[check] ?? '-']))]),
  ),
);
process.exit(Object.values(rows).every((row) => Object.values(row).every((result) => result === 'ok')) ? 0 : 1);
