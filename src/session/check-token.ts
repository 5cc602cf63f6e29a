import type { DecodedToken } from '../claims/index.js';
import { JitsiMeetingError, type ErrorCode, type MeetingWarning } from '../errors.js';
import { sureFindings } from '../preflight/sure.js';
import type { Deployment, Finding, Preflight, Stage, Verdict } from '../preflight/types.js';
import type { HeldToken } from '../token/keeper.js';
import type { Target } from './options.js';

/** By whose clock a token is judged. */
export interface ServerTime {
  /** ms since 1970 */
  now: number;
  /** Whether the server said what time it is, or only the device did. */
  known: boolean;
}

/** A device's clock is wrong by minutes, sometimes hours; hardly by more (ms). */
const wrongestClock = 24 * 3600 * 1000;

const codes: Partial<Record<string, ErrorCode>> = {
  'token-malformed': 'token-malformed',
  'token-expired': 'token-expired',
  'token-not-yet-valid': 'token-not-yet-valid',
};

/**
 * What can be said before the whole app is loaded to be told no: without settings only what is sure for every server,
 * with `deployment` all that a server would say.
 */
export async function checkToken(
  held: HeldToken | undefined,
  target: Target,
  time: ServerTime,
  deployment: Deployment | undefined,
): Promise<Preflight | undefined> {
  const now = new Date(time.now);
  if (deployment) {
    // Only for pages that say how their server is set up; the others don't load the rules.
    const { preflight } = await import('../preflight/index.js');
    return preflight(held?.jwt ?? null, deployment, { ...target, now });
  }
  if (!held) return undefined;
  const findings = sureFindings(held.decoded, {
    ...target,
    now,
    trustClock: time.known || farOff(held.decoded, time.now),
  });
  return { connect: verdict(findings, 'connect'), join: verdict(findings, 'join'), findings };
}

function farOff({ times }: DecodedToken, now: number): boolean {
  const past = now - (times?.expiresAt?.getTime() ?? now);
  const ahead = (times?.notBefore?.getTime() ?? now) - now;
  return Math.max(past, ahead) > wrongestClock;
}

function verdict(findings: readonly Finding[], stage: Stage): Verdict {
  return findings.some((finding) => finding.severity === 'error' && finding.stage === stage) ? 'rejected' : 'unknown';
}

/** The error for a sure no; `undefined` when the token may do. */
export function sureNo({ findings }: Preflight): JitsiMeetingError | undefined {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) return undefined;
  const code = codes[first.code] ?? 'token-rejected';
  return new JitsiMeetingError(code, `The server would refuse the token: ${describe(first)}`, {
    hint: first.fix,
    retryable: code === 'token-expired' || code === 'token-not-yet-valid',
    findings: errors,
  });
}

/** The warning for what a server may refuse, depending on its settings. */
export function doubts({ findings }: Preflight): MeetingWarning | undefined {
  const doubtful = findings.filter(({ severity }) => severity === 'warning');
  const [first] = doubtful;
  if (!first) return undefined;
  const message = `The server may refuse the token: ${describe(first)}`;
  return { code: 'token-doubtful', message, hint: first.fix, findings: doubtful };
}

/** What Jitsi refused, with the findings that explain it. */
export function explained(error: JitsiMeetingError, preflight: Preflight | undefined, stage: Stage): JitsiMeetingError {
  const candidates = preflight?.findings.filter((one) => one.stage === stage && one.severity !== 'advice') ?? [];
  const said = candidates.filter(({ serverText }) => serverText !== undefined && error.message.includes(serverText));
  const findings = said.length ? said : candidates;
  if (!findings.length) return error;
  const { code, message, hint, retryable } = error;
  return new JitsiMeetingError(code, message, { hint: said[0]?.fix ?? hint, retryable, findings });
}

function describe({ code, claim, found, expected }: Finding): string {
  const of = claim
    ? ` (${claim}${found ? ` is ${found}` : ''}${expected ? `, expected ${expected}` : ''})`
    : found
      ? ` (${found})`
      : '';
  return `${code}${of}.`;
}
