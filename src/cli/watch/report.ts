// From what was seen to the report: one sentence, what was found, what to change.
import { browserProblems } from './browser-problems.js';
import { features } from './frame.js';
import { plainAddress, plainText } from './private-text.js';
import type { FrameFacts, Observations, PageProblem, PageProblemCode, PageReport } from './types.js';

export function reportOf(seen: Observations): PageReport {
  const outcome = outcomeOf(seen);
  const problems = [...outcome.problems, ...browserProblems(seen)];
  // A frame that the browser doesn't show never loads, however long one waits.
  const isShut = seen.tag?.state === 'loading' && problems.some(({ code }) => code === 'framing-forbidden');
  const { joins, sentence } = verdict(isShut ? 'no' : outcome.joins, problems);
  return { address: plainAddress(seen.asked), seen: facts(seen), problems, joins, sentence };
}

/** Where there is no browser that could be asked. */
export const reportWithoutBrowser = (address: string, message: string): PageReport => ({
  address: plainAddress(address),
  seen: [],
  problems: [error('browser-missing', message, 'The other checks of doctor need no browser.')],
  joins: 'unknown',
  sentence: 'It can’t be told whether the page joins its meeting.',
});

interface Outcome {
  joins: PageReport['joins'];
  problems: PageProblem[];
}

function outcomeOf(seen: Observations): Outcome {
  const { unreachable, status, tag } = seen;
  if (unreachable !== null) return { joins: 'unknown', problems: [unreached(unreachable)] };
  const answered: PageProblem[] =
    status < 400
      ? []
      : [error('page-status', `The page answers ${status}.`, 'Give the address of a page that holds the tag.')];
  if (!tag)
    return {
      joins: 'no',
      problems: answered.length > 0 ? answered : [missing(seen)],
    };
  const { joins, problem } = outcomeOfTag(tag);
  return { joins, problems: problem ? [problem, ...answered] : answered };
}

function outcomeOfTag({ state, error: failure }: NonNullable<Observations['tag']>): {
  joins: Outcome['joins'];
  problem?: PageProblem;
} {
  if (state === null)
    return {
      joins: 'no',
      problem: error(
        'tag-undefined',
        'The tag is on the page, but nothing defines it.',
        'Load the element’s script on this page; if it is there, the browser’s refusals below may say why it doesn’t run.',
      ),
    };
  if (state === 'joined' || state === 'ended') return { joins: 'yes' };
  if (state === 'failed' && failure?.code === 'token-auth-required')
    return {
      joins: 'unknown',
      problem: error(
        'sign-in-needed',
        'The token endpoint asks for a sign-in (401), and this browser has none.',
        'Set WATCH_COOKIE to the cookie of a person who is signed in, as name=value.',
      ),
    };
  if (state === 'failed') {
    const { code = 'unknown', message = '', hint = '' } = failure ?? {};
    return {
      joins: 'no',
      problem: error(
        'join-failed',
        `The element fails with ${plainText(code)}: ${plainText(message)}`,
        plainText(hint),
      ),
    };
  }
  if (state === 'ready')
    return {
      joins: 'unknown',
      problem: error(
        'waits-for-a-person',
        'The app is there and waits for a person: prejoin, lobby, password or sign-in.',
        'Open the page and go on by hand; or watch a room that has none of them.',
      ),
    };
  return {
    joins: 'unknown',
    problem: error(
      'no-outcome',
      `The element is still ${plainText(state)} at the end of the time.`,
      'Give it more with --wait 2m, or look at the page by hand.',
    ),
  };
}

function unreached(reason: string): PageProblem {
  if (/ERR_CERT/.test(reason))
    return error(
      'certificate',
      `The browser refuses the certificate of the page (${reason}).`,
      'Get one for that name. If you made it yourself, set NODE_EXTRA_CA_CERTS to its file.',
    );
  return error('page-unreachable', `The page doesn’t answer (${reason}).`, 'Check the address and the web server.');
}

function missing({ asked, address }: Observations): PageProblem {
  const [from, to] = [plainAddress(asked), plainAddress(address)];
  return error(
    'tag-missing',
    from === to
      ? 'There is no <jitsi-meeting> on the page.'
      : `There is no <jitsi-meeting> at ${to}, where the page leads to.`,
    'Give the address of the page that holds the tag. If it is shown to people only who are signed in, set WATCH_COOKIE.',
  );
}

function verdict(joins: PageReport['joins'], problems: readonly PageProblem[]): Pick<PageReport, 'joins' | 'sentence'> {
  if (joins === 'unknown') return { joins, sentence: 'It can’t be told whether the page joins its meeting.' };
  if (joins === 'no') return { joins, sentence: 'The page doesn’t join its meeting.' };
  return problems.some(({ severity }) => severity === 'error')
    ? { joins: 'no', sentence: 'The page joins its meeting, but not all of it works.' }
    : { joins: 'yes', sentence: 'The page joins its meeting.' };
}

function facts(seen: Observations): PageReport['seen'] {
  const { tag, frame, joinedAfter, pressed } = seen;
  const rows: PageReport['seen'] = [];
  const add = (what: string, found: string): void => void rows.push({ what, found });
  const to = plainAddress(seen.address);
  if (to !== plainAddress(seen.asked)) add('Leads to', to);
  if (tag) add('The tag', tag.state === null ? 'is not defined' : stateWords(tag.state, joinedAfter));
  if (pressed.includes('start'))
    add('Started by', `the doctor, in place of a person (loading="${plainText(tag!.loading)}")`);
  if (pressed.includes('prejoin')) add('Prejoin', 'its button was pressed by the doctor');
  if (!frame) return rows;
  add('Frame', frame.address);
  for (const feature of features) add(words[feature]!, permissionWords(feature, frame));
  add('Storage', storageWords(frame));
  return rows;
}

const stateWords = (state: string, joinedAfter: number | null): string =>
  joinedAfter === null ? plainText(state) : `joined after ${(joinedAfter / 1000).toFixed(1)} s`;

/** What a person knows each feature by. */
export const words: Record<string, string> = {
  camera: 'Camera',
  microphone: 'Microphone',
  'display-capture': 'Sharing a screen',
  autoplay: 'Sound at once',
  fullscreen: 'Full screen',
};

const permissionWords = (feature: string, { blocked }: FrameFacts): string =>
  blocked.some((one) => one.feature === feature) ? 'forbidden' : 'allowed';

function storageWords({ storage, isThirdParty }: FrameFacts): string {
  if (storage === 'refused') return 'refused';
  if (storage === 'apart') return 'works, apart from that of the meeting’s own site: a sign-in there isn’t known here';
  return isThirdParty ? 'works; Safari and Firefox keep it apart from that of the meeting’s own site' : 'works';
}

function error(code: PageProblemCode, message: string, fix: string): PageProblem {
  return { code, severity: 'error', message, fix };
}
