import type { JitsiMeetingError } from '../errors.js';
import { explainReport, explainViolation, type PolicyReport, type Violation } from '../jitsi/page-policy.js';
import { scriptRequest } from '../jitsi/script-address.js';
import type { MeetingOptions } from './options.js';
import type { Target } from './target.js';

/** The error of a meeting that the page's own policy forbids: a second try and a wait are of no use. */
export function errorOfViolation(
  violation: Violation | PolicyReport,
  options: MeetingOptions,
  target: Target | undefined,
  base: string | undefined,
): JitsiMeetingError | undefined {
  if (!target) return undefined;
  const { provider, endpoint } = options.source;
  const loads = {
    script: scriptRequest(options, target).src,
    frame: `https://${target.domain}`,
    token: provider ? undefined : endpoint?.url,
    base,
  };
  if ('effectiveDirective' in violation) return explainViolation(violation, loads);
  const { type, body } = violation;
  if (type !== 'csp-violation') return explainReport(violation, loads);
  const { effectiveDirective = '', blockedURL: blockedURI = '', disposition = '', originalPolicy = '' } = body ?? {};
  return explainViolation({ effectiveDirective, blockedURI, disposition, originalPolicy }, loads);
}
