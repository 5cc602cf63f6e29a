import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kinds, lifetime, namesOf, readHistory } from '../../scripts/api-history.js';
import { jitsiNames, jitsiQuestions, ourNames, ourQuestions, readTable } from '../../scripts/api-names.js';
import { sdk } from '../../scripts/archives.js';
import { compareApi } from '../../scripts/check-api.js';
import { jitsiCommandNames } from '../../src/jitsi/commands.js';
import { jitsiEventNames } from '../../src/jitsi/events.js';
import { questionSamples } from '../support/api-samples.js';

const read = (file: string) => readFileSync(file, 'utf8');

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'check-api-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Copies of both sides in which one file is changed, held against each other. */
function check(change: { side: 'tables' | 'jitsi'; file: string; from: string; to: string }) {
  const tables = join(folder, 'tables');
  const jitsi = join(folder, 'jitsi');
  cpSync('src/jitsi', tables, { recursive: true });
  for (const part of ['modules/API/external', 'react/features/base/config']) {
    mkdirSync(join(jitsi, part), { recursive: true });
    cpSync(join(sdk.folder, part), join(jitsi, part), { recursive: true });
  }
  const file = join(change.side === 'tables' ? tables : jitsi, change.file);
  const source = read(file);
  expect(source, 'the text to change is there').toContain(change.from);
  writeFileSync(file, source.replace(change.from, change.to));
  return { ...compareApi(tables, jitsi), jitsi };
}

/** The command itself. */
const command = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'scripts/check-api.ts', ...args], { encoding: 'utf8' });

describe('npm run check:api', () => {
  it('finds every name of the release that is pinned, and prints how many', () => {
    const { status, stdout, stderr } = command();
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('events 82/82, commands 75/75, methods 61/61, config keys 252/252');
  });

  it.each([
    ['events', 'events.ts', '  participantLeft: ', '  participantWent: ', 'participantLeft', 'participantWent'],
    ['commands', 'commands.ts', '  hangup: ', '  hangUp: ', 'hangup', 'hangUp'],
    ['methods', 'methods.ts', '  getSessionId(', '  getMeetingId(', 'getSessionId', 'getMeetingId'],
    ['config keys', 'generated/config.ts', ' startSilent?', ' startMute?', 'startSilent', 'startMute'],
    ['interface config keys', 'options-interface.ts', ' LANG_DETECTION?', ' LANG?', 'LANG_DETECTION', 'LANG'],
  ])('names a name that our %s lack, and one too many', (kind, file, from, to, missing, extra) => {
    const { errors } = check({ side: 'tables', file, from, to });
    expect(errors).toEqual([
      `${kind}: Jitsi has these and our table lacks them: ${missing}`,
      `${kind}: our table has these and Jitsi lacks them: ${extra}`,
    ]);
  });

  const script = 'modules/API/external/external_api.js';
  it.each([
    ['events', script, "'log': 'log',", "'log': 'log', 'new-event': 'newEvent',", 'newEvent'],
    ['events', script, "this.emit('largeVideoChanged')", "this.emit('stageChanged')", 'stageChanged'],
    ['commands', script, "email: 'email',", "email: 'email', newCommand: 'new',", 'newCommand'],
    ['methods', script, '    getIFrame() {', '    newMethod() {}\n    getIFrame() {', 'newMethod'],
    ['config keys', 'react/features/base/config/configType.ts', '    appId?', '    newKey?: string; appId?', 'newKey'],
    ['config keys', 'react/features/base/config/configWhitelist.ts', "'pip',", "'pip', 'listed',", 'listed'],
  ])('names what a newer Jitsi has of %s', (kind, file, from, to, name) => {
    const { errors } = check({ side: 'jitsi', file, from, to });
    expect(errors).toContain(`${kind}: Jitsi has these and our table lacks them: ${name}`);
  });

  it('prints what differs and fails', () => {
    const { errors, jitsi } = check({ side: 'jitsi', file: script, from: "'log': 'log',", to: "'log': 'newLog'," });
    const { status, stderr } = command('--folder', jitsi);
    expect(stderr.trim().split('\n')).toEqual(errors);
    expect(errors).toHaveLength(2);
    expect(status).toBe(1);
  });

  it('accepts a name that is gone only where its comment says until when it was there', () => {
    const from = '@deprecated Until 13.1; `lowBandwidthModeChanged` since.';
    const { errors } = check({ side: 'tables', file: 'events.ts', from, to: 'Gone.' });
    expect(errors).toEqual(['events: our table has these and Jitsi lacks them: audioOnlyChanged']);
  });
});

describe('the methods that answer with a promise', () => {
  it("are in the types those of Jitsi's source", () => {
    expect(ourQuestions()).toHaveLength(32);
    expect(ourQuestions().sort()).toEqual(jitsiQuestions(sdk.folder).sort());
    expect(ourQuestions().sort()).toEqual(Object.keys(questionSamples).sort());
  });
});

describe('the lists at run time', () => {
  it('are the tables', () => {
    expect(jitsiEventNames).toEqual(ourNames().events.map(({ name }) => name));
    expect(jitsiCommandNames).toEqual(ourNames().commands.map(({ name }) => name));
  });
});

describe('what came and went', () => {
  const history = readHistory();

  it('ends with the release that is pinned', () => {
    const recorded = namesOf(history, sdk.version);
    const real = jitsiNames(sdk.folder);
    for (const kind of kinds) expect([...recorded[kind]].sort()).toEqual([...new Set(real[kind])].sort());
  });

  it('agrees with what the comments of the tables say', () => {
    const wrong = [];
    for (const kind of kinds) {
      for (const { name, summary, until } of ourNames()[kind]) {
        const since = /Since (\d+(?:\.\d+)*)/.exec(summary)?.[1];
        const real = lifetime(history, kind, name);
        if (since && !real.since?.startsWith(since)) wrong.push(`${name} says since ${since}, was ${real.since}`);
        if (until && !real.until?.startsWith(until)) wrong.push(`${name} says until ${until}, was ${real.until}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('pages made from the tables', () => {
  it('have a comment for every event and command', () => {
    const { events, commands } = ourNames();
    const silent = [...events, ...commands].filter(({ summary }) => !summary).map(({ name }) => name);
    expect(silent).toEqual([]);
  });

  it('tell for every option of the constructor what became of it', () => {
    const page = read('docs/guides/migrating.md');
    const options = readTable('src/jitsi/options.ts', 'ExternalApiOptions').map(({ name }) => name);
    expect(options.length).toBeGreaterThan(10);
    expect(options.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
  });
});
