import type { JitsiMeetingError } from '../errors.js';
import { explainViolation, type Violation } from '../jitsi/page-policy.js';
import { scriptRequest } from '../jitsi/script-address.js';
import type { MeetingOptions } from './options.js';
import type { Target } from './target.js';

/** The error of a meeting that the page's own policy forbids: waiting or trying again would change nothing. */
export function errorOfViolation(
  violation: Violation,
  options: MeetingOptions,
  target: Target | undefined,
  base: string | undefined,
): JitsiMeetingError | undefined {
  if (!target) return undefined;
  const { provider, endpoint } = options.source;
  return explainViolation(violation, {
    script: scriptRequest(options, target).src,
    frame: `https://${target.domain}`,
    token: provider ? undefined : endpoint?.url,
    base,
  });
}
