import { decodeToken, describeFeatures, describeRole } from '../claims/index.js';
import type { TokenView } from './jitsi-token-status.js';

/** What a token says without a meeting. */
export function viewOf(token: string): TokenView | undefined {
  const { claims, times } = decodeToken(token);
  if (!claims) return undefined;
  return {
    claims,
    meetingRole: describeRole(claims),
    features: describeFeatures(claims),
    tokenExpiresAt: times.expiresAt,
    clockSkew: 0,
  };
}
