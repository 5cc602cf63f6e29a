// Examines a running deployment: sends it one token of each kind, and says what the answers mean.
import { preflight } from '../preflight/index.js';
import { StreamError } from './bosh.js';
import { diagnose, problemOfLogin, problemOfStop } from './diagnose.js';
import { lookAtSite } from './site.js';
import { trialsFor, trialWords } from './trials.js';
import type { DoctorOptions, DoctorWorld, Place, Problem, Report, Trial, TrialResult } from './types.js';
import { NoLoginError, type Visit, visit } from './visit.js';

export { capital } from './diagnose.js';
export { trialWords } from './trials.js';
export type * from './types.js';

/** Prosody slows down who logs in more often (mod_rate_limit, `login_rate` 3): one connection in so many ms. */
const gap = 340;

/**
 * Throws `config-invalid` where the settings can't sign a token. Everything that is wrong with the deployment itself is
 * in the report.
 */
export async function examine(options: DoctorOptions, world: DoctorWorld): Promise<Report> {
  const trials = await trialsFor(options, world.now());
  const { place, problems } = await lookAtSite(options, world);
  const { results, found } = place ? await tryAll(options, place, trials, world) : { results: [], found: [] };
  const { domain, room, tenant } = options;
  const all = [...found, ...problems];
  return { domain, room, tenant, trials: results, problems: all, ...verdict(results, all) };
}

interface Tried {
  results: TrialResult[];
  found: Problem[];
}

async function tryAll(
  { deployment, room, tenant }: DoctorOptions,
  place: Place,
  trials: readonly Trial[],
  world: DoctorWorld,
): Promise<Tried> {
  const results: TrialResult[] = [];
  const visits: Visit[] = [];
  let focus: boolean | null = null;
  try {
    for (const { name, token } of trials) {
      if (results.length > 0) await world.wait(gap);
      const made = await visit({ place, room, token, askFocus: focus === null }, world);
      visits.push(made);
      focus ??= made.focus;
      const now = new Date(world.now());
      const { connect, join } = await preflight(token, deployment, { room, tenant, now });
      results.push({ name, expected: { connect, join }, connect: made.connect, join: made.join });
    }
    return { results, found: diagnose(results, focus, place) };
  } catch (error) {
    return { results, found: [stopped(error, place)] };
  } finally {
    // Only now: the conference ends when nobody is in it.
    for (const made of visits) await made.leave();
  }
}

function stopped(error: unknown, place: Place): Problem {
  if (error instanceof NoLoginError) return problemOfLogin(error.offered, place);
  if (error instanceof StreamError) return problemOfStop(error.condition, place);
  // `fetch` failed, or nothing came in time.
  if (error instanceof TypeError || (error as Error).name === 'TimeoutError') return problemOfStop('down', place);
  throw error;
}

function verdict(
  results: readonly TrialResult[],
  problems: readonly Problem[],
): Pick<Report, 'onlyValid' | 'sentence'> {
  const inside = results.filter(({ join }) => join?.answer === 'accepted');
  const wrong = inside.filter(({ expected }) => expected.connect === 'rejected' || expected.join === 'rejected');
  if (wrong.length > 0) return { onlyValid: 'no', sentence: `Not only a valid token gets in, also: ${names(wrong)}.` };
  const stop = problems.find(({ severity }) => severity === 'error');
  const valid = results.find(({ name }) => name === 'valid');
  const refused = valid?.connect.answer === 'refused' || valid?.join?.answer === 'refused';
  if (stop || valid?.join?.answer !== 'accepted') {
    return refused && stop?.code !== 'jicofo-down'
      ? { onlyValid: 'no', sentence: 'A valid token doesn’t get in.' }
      : { onlyValid: 'unknown', sentence: 'It can’t be told whether only a valid token gets in.' };
  }
  const meant = inside.filter(({ name }) => name !== 'valid');
  if (meant.length === 0) return { onlyValid: 'yes', sentence: 'Only a valid token gets in.' };
  const also = `Your settings let in, too: ${names(meant)}.`;
  const guests = meant.some(({ name }) => name === 'none');
  return { onlyValid: 'yes', sentence: `${guests ? 'A valid token gets in.' : 'Only a valid token gets in.'} ${also}` };
}

const names = (list: readonly TrialResult[]): string => list.map(({ name }) => trialWords[name]).join(', ');
