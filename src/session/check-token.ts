import type { DecodedToken } from '../claims/index.js';
import { JitsiMeetingError } from '../errors.js';

/**
 * What is sure without any settings of the server, before the whole app is loaded to be told no.
 * @param now ms since 1970 by the server's clock
 * @throws JitsiMeetingError token-malformed, token-expired, token-not-yet-valid
 */
export function checkToken(decoded: DecodedToken | undefined, now: number): void {
  if (!decoded) return;
  if (decoded.malformed !== undefined) {
    throw new JitsiMeetingError('token-malformed', `What came as a token is none. ${decoded.malformed}`, {
      hint: 'The token endpoint answers with a signed JWT: three parts of base64url, separated by dots.',
    });
  }
  const { expiresAt, notBefore } = decoded.times;
  if (expiresAt && expiresAt.getTime() <= now) {
    throw new JitsiMeetingError(
      'token-expired',
      `The token expired at ${expiresAt.toISOString()}; by the server's clock it is ${new Date(now).toISOString()}.`,
      {
        hint: 'Issue a new token for each request, and check the clock of the machine that issues them.',
        retryable: true,
      },
    );
  }
  if (notBefore && notBefore.getTime() > now) {
    throw new JitsiMeetingError(
      'token-not-yet-valid',
      `The token is valid from ${notBefore.toISOString()}; by the server's clock it is ${new Date(now).toISOString()}.`,
      {
        hint: 'Set nbf a little back (10 s), since Jitsi gives no leeway, and check the clock of the machine that issues tokens.',
        retryable: true,
      },
    );
  }
}
