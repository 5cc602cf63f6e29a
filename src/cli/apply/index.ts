import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostSettingsOfEither, luaChange } from '../config-debian.js';
import type { ConfigFile, DeploymentPlan } from '../config-plan.js';
import { type Io, UsageError } from '../io.js';
import { backupOf, forget, isWritten, keep, keepEdited, record } from './backup.js';
import { difference } from './difference.js';
import { withAssignments, withEnvLines } from './lines.js';
import { withTokenSettings } from './lua.js';
import { checkProsody, checkWords, type ConfigCheck, isNews } from './prosody.js';
import { masked, secretsIn } from './secrets.js';

export interface ApplyOptions {
  install: 'debian' | 'docker';
  /** Debian: the folder that has `etc` in it, `/` by default. docker: the file `.env`. */
  into?: string | undefined;
  /** Puts back what was there before. */
  undo?: boolean | undefined;
  /** Asks nothing. */
  yes?: boolean | undefined;
}

interface Change {
  path: string;
  before: string;
  after: string;
}

/**
 * `config --apply` and `--undo`: shows what would change in the files of an installation, and writes it after a yes.
 * `files` is what `config` would write. On Debian Prosody checks the result. Resolves with 0, or 1 where nothing was to
 * be changed, the answer was no, or Prosody finds something wrong that wasn't before.
 */
export async function applyConfig(
  plan: DeploymentPlan,
  files: readonly ConfigFile[],
  options: ApplyOptions,
  io: Io,
): Promise<number> {
  const targets = targetsOf(plan, files, options, io);
  const changes = options.undo ? targets.flatMap(({ path }) => undone(path)) : targets.map(changeOf);
  const real = changes.filter(({ before, after }) => before !== after);
  if (real.length === 0) {
    io.warn(options.undo ? 'There is nothing to put back.\n' : 'All of it is there already.\n');
    if (options.undo) forgetUnneeded(changes, io);
    return 1;
  }
  for (const { path, before, after } of real) {
    io.write(`### ${path}\n${difference(...masked(before, after))}\n\n`);
    if (options.undo && !isWritten(path, before))
      io.warn(
        `${path} was changed after --apply wrote it. --undo takes those changes out as well, and keeps a copy.\n`,
      );
  }
  if (!(await isWanted(options, io))) {
    io.warn('Nothing was written.\n');
    return 1;
  }
  const secrets = real.flatMap(({ before, after }) => secretsIn(before + after));
  const check = (): ConfigCheck | null =>
    options.install === 'debian' ? checkProsody(options.into ?? '/', io, secrets) : null;
  const earlier = check();
  // Only now: the answer and the check may have taken minutes.
  const edited = real.find(({ path, before }) => readFileSync(path, 'utf8') !== before);
  if (edited) {
    io.warn(`${edited.path} was changed while this command ran. Nothing was written. Try again.\n`);
    return 1;
  }
  for (const change of real) {
    if (options.undo) putBack(change, io);
    else write(change, io);
  }
  if (options.undo)
    forgetUnneeded(
      changes.filter((change) => !real.includes(change)),
      io,
    );
  const now = check();
  if (now) io.write(checkWords(now, earlier));
  const isWorse = now !== null && !options.undo && isNews(now, earlier);
  if (isWorse && (await isPutBack(real, options, io))) return 1;
  io.write(whatToDo(options, !options.undo && 'provider' in plan.signer, now !== null));
  return isWorse ? 1 : 0;
}

function write({ path, before, after }: Change, io: Io): void {
  const older = keep(path, before);
  if (older !== null) io.write(`${path} was changed since --apply wrote it. Its earlier backup is ${older} now.\n`);
  // In place, so that owner and mode stay.
  writeFileSync(path, after);
  record(path, after);
  io.write(`Wrote ${path}, kept the old one as ${backupOf(path)}\n`);
}

function putBack({ path, before, after }: Change, io: Io): void {
  const edited = isWritten(path, before) ? null : keepEdited(path);
  writeFileSync(path, after);
  // Only now: a full disk must not take both.
  forget(path);
  io.write(`Put back ${path}${edited === null ? '' : `, kept the one with later changes as ${edited}`}\n`);
}

/** A backup that is left behind would be put back one day, over what is there by then. */
function forgetUnneeded(changes: readonly Change[], io: Io): void {
  for (const { path } of changes) {
    forget(path);
    io.write(`${path} is as it was before already. Its backup is removed.\n`);
  }
}

/** Asks whether to undo a change that Prosody doesn't like. */
async function isPutBack(changes: readonly Change[], { yes = false }: ApplyOptions, io: Io): Promise<boolean> {
  if (yes || !io.ask) {
    io.warn('The new files stay. --undo puts the old ones back.\n');
    return false;
  }
  if (!isYes(await io.ask('Put the old files back? (yes or no) '))) return false;
  // The files belong together: either all of them go back, or none.
  const edited = changes.find(({ path, after }) => readFileSync(path, 'utf8') !== after);
  if (edited) {
    io.warn(
      `${edited.path} was changed while this waited for your answer. Nothing was put back, all the new files stay. Look at ` +
        'that file, and run prosodyctl check config again. To put the old files back after all, run this command with ' +
        '--undo in the place of --apply: it shows what goes, and asks.\n',
    );
    return false;
  }
  for (const { path, before } of changes) {
    writeFileSync(path, before);
    // It may be of an earlier change, which stays.
    if (existsSync(backupOf(path)) && readFileSync(backupOf(path), 'utf8') !== before) record(path, before);
    else forget(path);
    io.write(`Put back ${path}\n`);
  }
  return true;
}

const isYes = (answer: string): boolean => /^y(es)?$/i.test(answer.trim());

async function isWanted({ yes = false }: ApplyOptions, io: Io): Promise<boolean> {
  if (yes) return true;
  if (!io.ask) throw new UsageError('There is no terminal to ask at. Add --yes to write without a question.');
  return isYes(await io.ask('Write this? (yes or no) '));
}

interface Target {
  path: string;
  edit: (before: string) => string;
}

/** The files of the installation, and how each changes. */
function targetsOf(plan: DeploymentPlan, files: readonly ConfigFile[], options: ApplyOptions, io: Io): Target[] {
  const { install, into, undo } = options;
  const linesOf = (end: string): string[] =>
    (files.find(({ name }) => name.endsWith(end))?.content ?? '').split('\n').filter((line) => line !== '');
  // A link leads to the file that counts.
  if (install === 'docker')
    return [
      {
        path: realpathSync(into ?? '.env'),
        edit: (before) => withEnvLines(before, linesOf('jitsi.env'), hostSettingsOfEither),
      },
    ];
  const at = (path: string): string => join(into ?? '/', path);
  const { xmppDomain } = plan;
  const jicofo = at('etc/jitsi/jicofo/jicofo.conf');
  const ofJicofo = linesOf('jicofo.conf');
  const hasJicofo = existsSync(jicofo);
  if (!hasJicofo && ofJicofo.length > 0 && !undo)
    io.warn(`There is no ${jicofo}. Where Jicofo is, append to its jicofo.conf: ${ofJicofo.join('; ')}\n`);
  return [
    {
      path: realpathSync(at(`etc/prosody/conf.avail/${xmppDomain}.cfg.lua`)),
      edit: (before) => withTokenSettings(before, xmppDomain, luaChange(plan)),
    },
    {
      path: realpathSync(at(`etc/jitsi/meet/${xmppDomain}-config.js`)),
      edit: (before) => withAssignments(before, linesOf('-config.js')),
    },
    ...(hasJicofo ? [{ path: realpathSync(jicofo), edit: (before: string) => withAssignments(before, ofJicofo) }] : []),
  ];
}

function changeOf({ path, edit }: Target): Change {
  const before = readFileSync(path, 'utf8');
  try {
    return { path, before, after: edit(before) };
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${path}: ${error.message}`) : error;
  }
}

function undone(path: string): Change[] {
  if (!existsSync(backupOf(path))) return [];
  return [{ path, before: readFileSync(path, 'utf8'), after: readFileSync(backupOf(path), 'utf8') }];
}

function whatToDo({ install, undo }: ApplyOptions, providerSigns: boolean, isChecked: boolean): string {
  if (install === 'docker') {
    const more = providerSigns
      ? 'Append web/custom-config.js, which config prints without --apply, to $CONFIG/web/custom-config.js.\n'
      : '';
    return `${more}Then: docker compose up -d --force-recreate prosody jicofo web\n`;
  }
  const steps = ['systemctl restart prosody jicofo jitsi-videobridge2'];
  if (!isChecked) steps.unshift('prosodyctl check config');
  if (!undo) steps.push("grep 'Error initializing' /var/log/prosody/*.log   # has to find nothing");
  return `Then, as root:\n${steps.map((step) => `  ${step}\n`).join('')}`;
}
