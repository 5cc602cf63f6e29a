import type { JitsiMeetingError, MeetingWarning } from '../errors.js';
import type { CurrentToken, TokenManagerEvents } from '../token/token-manager.js';
import type { TokenDetail } from './events.js';

export type TokenEventName = 'token-received' | 'token-renewed' | 'token-expiring' | 'token-expired';

/** Tells the page what happens to the token, but never the token itself. */
export function tokenEvents(
  emit: (name: TokenEventName, detail: TokenDetail) => void,
  warn: (warning: MeetingWarning) => void,
  came: () => void,
  renewing: () => void,
): TokenManagerEvents {
  const tell =
    (name: TokenEventName) =>
    ({ decoded, expiresAt }: CurrentToken): void =>
      emit(name, {
        claims: decoded.claims,
        expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
      });
  return {
    received(held) {
      tell('token-received')(held);
      came();
    },
    renewed: tell('token-renewed'),
    expiring: tell('token-expiring'),
    expired: tell('token-expired'),
    renewing,
    renewalFailed: (error: JitsiMeetingError) =>
      warn({
        code: 'token-doubtful',
        message: `The token could not be renewed: ${error.message}`,
        hint: error.hint,
      }),
  };
}
