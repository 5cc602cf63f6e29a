import { JitsiMeetingError, type ErrorCode, type ErrorDetail, type MeetingWarning } from '../errors.js';
import { possibleTimes } from '../preflight/clock.js';
import { isUndecided } from '../preflight/finding.js';
import { findingsWithoutSettings } from '../preflight/findings-without-settings.js';
import type { Deployment, Finding, Preflight, Stage, Verdict } from '../preflight/types.js';
import type { CurrentToken } from '../token/token-manager.js';
import { fullRules } from './full-rules.js';
import type { Target } from './target.js';

export { fullRules };

/** The time by which a token is judged. */
export interface ServerTime {
  /** ms since 1970 */
  now: number;
  /** Whether the time comes from the server. Otherwise it is the device's. */
  known: boolean;
}

/** The error's code for a finding's code; `token-rejected` for all others. */
const codes: Partial<Record<Finding['code'], ErrorCode>> = {
  'token-malformed': 'token-malformed',
  'token-not-base64url': 'token-malformed',
  'header-unreadable': 'token-malformed',
  'header-not-object': 'token-malformed',
  'payload-unreadable': 'token-malformed',
  'payload-not-object': 'token-malformed',
  'signature-unreadable': 'token-malformed',
  'token-expired': 'token-expired',
  'token-required': 'token-auth-required',
  'guest-not-welcome': 'token-auth-required',
  'token-not-yet-valid': 'token-not-yet-valid',
  'room-address-unusable': 'config-invalid',
  'tenant-address-unusable': 'config-invalid',
};

/**
 * Judges the token before the app is loaded, so that a refusal costs no load. Without `deployment` it says only what is
 * sure for every server; with it, what a server with these settings would say.
 */
export async function checkToken(
  held: CurrentToken | undefined,
  target: Target,
  time: ServerTime,
  deployment: Deployment | undefined,
): Promise<Preflight> {
  const now = new Date(time.now);
  const rules = deployment && (await fullRules.tryToLoad());
  if (rules) {
    const { room, tenant } = target;
    const request = { room, tenant, now, trustClock: time.known };
    const found = await rules.preflightWithUnknowns(held?.jwt ?? null, deployment, request);
    return deployment.tokenAuthUrl ? { ...found, findings: found.findings.map(leftToTheApp) } : found;
  }
  // The device's clock may be so far off that it can't judge the token. That isn't the visitor's fault.
  const trustClock = time.known || !held || possibleTimes(held.decoded, now).length === 1;
  const findings = findingsWithoutSettings(held?.decoded, { ...target, now, trustClock });
  return { connect: verdict(findings, 'connect'), join: verdict(findings, 'join'), findings };
}

function verdict(findings: readonly Finding[], stage: Stage): Verdict {
  return findings.some((finding) => isError(finding) && finding.stage === stage) ? 'rejected' : 'unknown';
}

/** The error of a token that is sure to be refused; `undefined` when the server may accept it. */
export function sureNo({ findings }: Preflight): JitsiMeetingError | undefined {
  const errors = findings.filter(isError);
  const [first] = errors;
  if (!first) return undefined;
  const code = codes[first.code] ?? 'token-rejected';
  return new JitsiMeetingError(code, `The server would refuse ${describe(first)}`, {
    detail: detailOf(first),
    hint: first.fix,
    retryable: code === 'token-expired' || code === 'token-not-yet-valid',
    findings: errors,
  });
}

const forAnotherRoom = new Set<Finding['code']>(['room-other', 'room-pattern-no-match', 'room-pattern-partial']);

/** With a token for another room the visitor should ask for a new invitation; the rest only the site can mend. */
export function detailOf({ code }: Finding): ErrorDetail | undefined {
  return forAnotherRoom.has(code) ? 'other-room' : undefined;
}

/** The warning about what a server may refuse, depending on settings that aren't known. */
export function doubts({ findings }: Preflight): MeetingWarning | undefined {
  const doubtful = findings.filter(
    (finding) =>
      isTokenRequired(finding) || (finding.severity === 'warning' && finding.stage !== null && !isUndecided(finding)),
  );
  const [first] = doubtful;
  if (!first) return undefined;
  const message = `The server may refuse ${describe(first)}`;
  return { code: 'token-doubtful', message, hint: first.fix, findings: doubtful };
}

const isError = ({ severity }: Finding): boolean => severity === 'error';

const isTokenRequired = ({ code }: Finding): boolean => code === 'token-required';

/** Where the deployment has a sign-in page, a visitor without a token signs in inside the app. */
const leftToTheApp = (finding: Finding): Finding =>
  isTokenRequired(finding) ? { ...finding, severity: 'warning' } : finding;

function describe({ code, claim, found, expected }: Finding): string {
  const what = code.endsWith('-address-unusable') ? 'the address' : code === 'token-required' ? 'a guest' : 'the token';
  const of = claim
    ? ` (${claim} is ${found ?? 'wrong'}${expected ? `, expected ${expected}` : ''})`
    : found
      ? ` (${found})`
      : '';
  return `${what}: ${code}${of}.`;
}

export { silentFindings } from './silence.js';
