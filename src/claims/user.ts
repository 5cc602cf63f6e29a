import type { Claims } from './decode.js';
import { userOf } from './role.js';

/** The person whom a token is for, as `context.user` names them. */
export interface TokenUser {
  readonly id?: string;
  readonly name?: string;
  readonly email?: string;
  /** Address of a picture. */
  readonly avatar?: string;
}

/**
 * The person whom the token names, as Jitsi's client reads it (`_user2participant` in `base/jwt/middleware.any.ts`).
 */
export function describeUser(claims: Claims | undefined): TokenUser {
  const user = claims ? userOf(claims) : {};
  const avatar = typeof user.avatarUrl === 'string' ? user.avatarUrl : user.avatar;
  const given = Object.entries({ id: user.id, name: user.name, email: user.email, avatar });
  return Object.fromEntries(
    given.flatMap(([key, value]) => (typeof value === 'string' && value.trim() ? [[key, value.trim()]] : [])),
  );
}
