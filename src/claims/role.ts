import { isObject } from '../plain.js';
import type { Claims } from './decode.js';

/** Name of a role. */
export type MeetingRoleName = 'moderator' | 'participant' | 'visitor' | 'unknown';

/** A role, and where the knowledge comes from. */
export interface MeetingRole {
  readonly name: MeetingRoleName;
  /** `live`: the server said so. `claims`: the token asks for it. `none`: neither says anything. */
  readonly source: 'live' | 'claims' | 'none';
  /** The role that the token asks for, if it asks for one. */
  readonly asked?: Exclude<MeetingRoleName, 'unknown'>;
}

/**
 * A role from claims is a request: whether it counts depends on the server's plugins (`Preflight.role` knows), and a
 * stock self-hosted server makes every token holder a moderator. So `live` (`role` of the event
 * `participantRoleChanged`) comes first.
 */
export function describeRole(claims: Claims | undefined, live?: string): MeetingRole {
  const asked = claims && askedRole(claims);
  const request = asked ? { asked } : {};
  if (live === 'moderator' || live === 'participant' || live === 'visitor')
    return { name: live, source: 'live', ...request };
  return asked ? { name: asked, source: 'claims', asked } : { name: 'unknown', source: 'none' };
}

/** As Jitsi's plugins of July 2026 read it: `context.user` alone counts, and a moderator comes before a visitor. */
function askedRole(claims: Claims): MeetingRole['asked'] {
  const { role, affiliation, moderator } = userOf(claims);
  if (asksToModerate(affiliation, moderator)) return 'moderator';
  if (role === 'visitor') return 'visitor';
  return affiliation === undefined && moderator === undefined ? undefined : 'participant';
}

/** Affiliations that Jitsi's Prosody plugins turn into an owner (`mod_token_affiliation`). */
const MODERATING: readonly unknown[] = ['owner', 'moderator', 'teacher'];

/** Whether these two claims of `context.user` make a person moderator, on servers with a plugin that reads them. */
export const asksToModerate = (affiliation: unknown, moderator: unknown): boolean =>
  MODERATING.includes(affiliation) || moderator === true || moderator === 'true';

/** `context.user`, or an empty object. */
export function userOf(claims: Claims): { readonly [name: string]: unknown } {
  return isObject(claims.context) && isObject(claims.context.user) ? claims.context.user : {};
}
