import { JitsiMeetingError } from '../errors.js';
import {
  blockedRequest,
  explainReport,
  explainViolation,
  type BlockedRequest,
  type PolicyReport,
  type Violation,
} from '../jitsi/page-policy.js';
import { scriptRequest } from '../jitsi/script-address.js';
import type { MeetingOptions } from './options.js';
import type { Target } from './target.js';

/**
 * The error of a meeting that the page's own policy forbids: a second try and a wait are of no use.
 * @param frames of the page, when the violation came while the frame of the meeting was loading
 */
export function errorOfViolation(
  violation: Violation | PolicyReport,
  options: MeetingOptions,
  target: Target | undefined,
  base: string | undefined,
  frames?: readonly string[],
): JitsiMeetingError | undefined {
  if (!target) return undefined;
  const { provider, endpoint } = options.source;
  const loads = {
    script: scriptRequest(options, target).src,
    frame: `https://${target.domain}`,
    token: provider ? undefined : endpoint?.url,
    base,
    frames,
  };
  const ofContent = contentViolation(violation);
  return ofContent ? explainViolation(ofContent, loads) : explainReport(violation as PolicyReport, loads);
}

/** The violation of a Content-Security-Policy, told by an event or by a report. */
function contentViolation(violation: Violation | PolicyReport): Violation | undefined {
  if ('effectiveDirective' in violation) return violation;
  const { type, body } = violation;
  if (type !== 'csp-violation') return undefined;
  const { effectiveDirective = '', blockedURL: blockedURI = '', disposition = '', originalPolicy = '' } = body ?? {};
  return { effectiveDirective, blockedURI, disposition, originalPolicy };
}

/** Whether it is of a script of the deployment: of Jitsi's script, or of another request for it, such as a preload. */
export const isOfScript = (violation: Violation | PolicyReport): boolean =>
  contentViolation(violation)?.effectiveDirective.startsWith('script-src') ??
  (violation as PolicyReport).body?.destination !== 'iframe';

/** What the page's policy blocked of the requests that the page's own code makes. */
export function requestOfViolation(violation: Violation | PolicyReport): BlockedRequest | undefined {
  const ofContent = contentViolation(violation);
  return ofContent && blockedRequest(ofContent);
}

/** The failure of a tokenProvider while the page's policy blocked a request: the browser tells the page no more of it. */
export function providerBlocked(failure: JitsiMeetingError, { origin, line }: BlockedRequest): JitsiMeetingError {
  const { code, message, hint, retryable, cause } = failure;
  return new JitsiMeetingError(code, message, {
    hint: `${hint} Meanwhile this page's Content-Security-Policy blocked a request to ${origin}: for that it needs ${line}.`,
    retryable,
    cause,
  });
}
