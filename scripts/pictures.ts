// Makes pictures of the screens from the gallery's page, into .cache/pictures, and tells which differ from the recorded
// ones in test/pictures. `npm run pictures -- --record` takes the new ones as those to compare with.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { openBrowser } from '../test/support/open-browser.js';
import { buildGallery } from './gallery/build.js';
import { difference, drawnWith, drawSheets, recordedSheets, sheets } from './gallery/sheets.js';

const isRecording = process.argv.includes('--record');
const folder = isRecording ? recordedSheets : '.cache/pictures';
const url = await buildGallery();
const browser = await openBrowser();
mkdirSync(folder, { recursive: true });
try {
  const page = await browser.newPage();
  const drawn = drawnWith(browser);
  const recorded = readFileSync(`${recordedSheets}/drawn-with.txt`, { encoding: 'utf8', flag: 'a+' }).trim();
  let bytes = 0;
  for (const [sheet, picture] of await drawSheets(browser, url, sheets)) {
    bytes += picture.length;
    writeFileSync(`${folder}/${sheet.name}.webp`, picture);
    if (isRecording || recorded !== drawn) continue;
    const differs = await difference(page, picture, readFileSync(`${recordedSheets}/${sheet.name}.webp`));
    if (differs > 0.5) console.log(`${sheet.name}: ${differs.toFixed(1)} of 1000 pixels differ`);
  }
  if (isRecording) writeFileSync(`${recordedSheets}/drawn-with.txt`, `${drawn}\n`);
  else if (recorded !== drawn) console.log(`Not compared: here ${drawn} draws, the recorded ones are of ${recorded}.`);
  console.log(`${sheets.length} sheets in ${folder}, ${Math.round(bytes / 1000)} kB. The page itself is ${url}`);
} finally {
  await browser.close();
}
