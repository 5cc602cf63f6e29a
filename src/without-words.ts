import { JitsiMeetingError, type ErrorCode } from './errors.js';

/** An error whose words could not be fetched. */
export function withoutWords(code: ErrorCode, status?: number): JitsiMeetingError {
  return new JitsiMeetingError(code, `It failed (${code}).`, {
    hint: 'A file of this package that says more could not be loaded. Is all of its folder dist published?',
    retryable: status === undefined || status >= 500 || status === 429,
    ...(status !== undefined && { status }),
  });
}
