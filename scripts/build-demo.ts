import { buildDemoSite } from './demo-site.js';

const folder = '.cache/demo-site';
await buildDemoSite(folder);
console.log(
  `${folder} has the demo. Any web server can show it: put the folder on one, or run npx http-server ${folder}`,
);
