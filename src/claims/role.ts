import { type Claims, isObject } from './decode.js';

export type MeetingRoleName = 'moderator' | 'participant' | 'visitor' | 'unknown';

export interface MeetingRole {
  readonly name: MeetingRoleName;
  /** `live`: the server said so. `claims`: the token asks for it. `none`: nothing says. */
  readonly source: 'live' | 'claims' | 'none';
  /** What the token asks for, where it does. */
  readonly asked?: Exclude<MeetingRoleName, 'unknown'>;
}

/** Affiliations that Jitsi's Prosody plugins turn into an owner (`mod_token_affiliation`). */
const MODERATING = ['owner', 'moderator', 'teacher'];

/**
 * A role from claims is a request; which claim counts depends on the server's plugins, and a stock self-hosted server
 * makes every token holder a moderator. So `live` (`role` of the event `participantRoleChanged`) comes first.
 */
export function describeRole(claims: Claims | undefined, live?: string): MeetingRole {
  const asked = claims && askedRole(claims);
  const request = asked ? { asked } : {};
  if (live === 'moderator' || live === 'participant' || live === 'visitor')
    return { name: live, source: 'live', ...request };
  return asked ? { name: asked, source: 'claims', asked } : { name: 'unknown', source: 'none' };
}

function askedRole(claims: Claims): MeetingRole['asked'] {
  const user = userOf(claims);
  if (user.role === 'visitor') return 'visitor';
  if (isTrue(user.moderator) || isTrue(claims.moderator) || MODERATING.includes(user.affiliation as string))
    return 'moderator';
  const declined = [user.moderator, claims.moderator, user.affiliation].some((value) => value !== undefined);
  return declined ? 'participant' : undefined;
}

const isTrue = (value: unknown): boolean => value === true || value === 'true';

/** `context.user`, or nothing in it. */
export function userOf(claims: Claims): { readonly [name: string]: unknown } {
  return isObject(claims.context) && isObject(claims.context.user) ? claims.context.user : {};
}
