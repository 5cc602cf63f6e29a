import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** What a page may load by a tag, and the parts that these files fetch from the folder beside them. */
const isLoaded = (name: string): boolean =>
  /^jitsi-meeting[./].*js$|^locale\/.*\.script\.js$/.test(name) || name === 'jitsi-meeting.css';

/**
 * Writes dist/integrity.json: for each file that a page loads without a bundler, the hash for its attribute `integrity`.
 *
 * @returns the hashes by path in dist/
 */
export function writeIntegrity(): Record<string, string> {
  const names = readdirSync('dist', { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  const hashes = names
    .filter(isLoaded)
    .sort()
    .map((name) => [
      name,
      `sha384-${createHash('sha384')
        .update(readFileSync(`dist/${name}`))
        .digest('base64')}`,
    ]);
  const integrity = Object.fromEntries(hashes) as Record<string, string>;
  writeFileSync('dist/integrity.json', `${JSON.stringify(integrity, null, 2)}\n`);
  return integrity;
}
