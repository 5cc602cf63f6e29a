// The site of the documentation: builds it, and serves it with `--serve`, at `--port` or 4173.
import { parseArgs } from 'node:util';
import { buildSite, serveSite, siteFolder } from './site/build.js';

const { values } = parseArgs({ options: { serve: { type: 'boolean' }, port: { type: 'string', default: '4173' } } });
await buildSite();
console.log(`The site is in ${siteFolder}`);
if (values.serve) serveSite(values.port);
