// CHANGELOG.md at a release. It is written by hand, in the commit of each change, so a release only gives it a heading.

const unreleased = '## [Unreleased]';

/** What stands under a version's heading, without the heading. */
export function notesOf(changelog: string, version: string): string {
  const [, after] = changelog.split(new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\].*\\n`, 'm'));
  if (after === undefined) throw new Error(`CHANGELOG.md has no heading for ${version}.`);
  return after.split(/^## /m)[0]!.trim();
}

/** The changelog in which what was unreleased is this version's. */
export function withRelease(changelog: string, version: string, date: string): string {
  if (!notesOf(changelog, 'Unreleased')) throw new Error('CHANGELOG.md has nothing under "Unreleased" to release.');
  if (changelog.includes(`## [${version}]`)) throw new Error(`CHANGELOG.md has a heading for ${version} already.`);
  return changelog.replace(unreleased, `${unreleased}\n\n## [${version}] - ${date}`);
}
