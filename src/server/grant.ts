import type { JWTPayload } from 'jose';
import { type FeatureName, featureNames } from '../claims/index.js';
import { JitsiMeetingError } from '../errors.js';
import { normaliseRoom } from '../room/index.js';

/** Rights by feature. Where any is given, Jitsi takes a missing one for off. */
export type FeatureRights = Partial<Record<FeatureName, boolean>>;

/** What a token asks for. A stock self-hosted server makes every token holder a moderator, whatever is asked. */
export type GrantedRole = 'moderator' | 'participant' | 'visitor';

/** Whom the others in the meeting see. */
export interface TokenUser {
  /** Stable id of the person in your application. It goes to `context.user.id`, never to `sub`. */
  id?: string;
  name?: string;
  email?: string;
  /** Address of a picture, http or https. */
  avatar?: string;
  /** Jitsi's `hidden-from-recorder`. */
  hiddenFromRecorder?: boolean;
}

/** Who may enter which room, as what, and for how long. */
export interface MeetingGrant {
  /** The room's name, in any spelling; a Lua pattern that has to match the whole name; or every room of the tenant. */
  room: string | { pattern: string } | { any: true };
  /** First part of the meeting's path, `https://DOMAIN/TENANT/ROOM`. */
  tenant?: string | null;
  user?: TokenUser;
  /** Default: participant. */
  role?: GrantedRole;
  /** Left out, the server's defaults for the role hold. */
  features?: FeatureRights;
  /** `context.group`. */
  group?: string;
  /** Seconds; default: the signer's. */
  expiresIn?: number;
}

/**
 * The claims that say what a grant allows: `room` and `context`, in every spelling that the known Prosody plugins read
 * a role from (`context.user.moderator`, `context.user.affiliation`, top-level `moderator`).
 */
export function grantClaims(grant: MeetingGrant): JWTPayload {
  const role = grant.role ?? 'participant';
  if (!['moderator', 'participant', 'visitor'].includes(role)) {
    throw invalid(`role is ${JSON.stringify(role)}; expected moderator, participant or visitor`);
  }
  const moderator = role === 'moderator';
  const context: Record<string, unknown> = {
    user: {
      ...userClaims(grant.user ?? {}),
      moderator,
      affiliation: moderator ? 'owner' : 'member',
      ...(role === 'visitor' && { role: 'visitor' }),
    },
  };
  if (grant.features) context['features'] = featureClaims(grant.features);
  if (grant.group !== undefined) context['group'] = grant.group;
  if (typeof grant.room === 'object' && 'pattern' in grant.room) context['room'] = { regex: true };
  return { room: roomClaimOf(grant.room), moderator, context };
}

function roomClaimOf(room: MeetingGrant['room']): string {
  if (typeof room === 'string') return namedRoom(room);
  if ('any' in room) return '*';
  if (!room.pattern) throw invalid('the room pattern is empty; expected a Lua pattern such as team%-%d+');
  return room.pattern;
}

function namedRoom(room: string): string {
  const claim = normaliseRoom(room);
  if (claim === '') throw invalid('the room is empty');
  if (claim === '*') throw invalid('the room is the wildcard *; where every room is meant, say room: { any: true }');
  if (claim.includes("'")) throw invalid('the room has an apostrophe, which XMPP allows in no address');
  return claim;
}

// eslint-disable-next-line no-control-regex -- they are what is looked for
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/g;

function userClaims(user: TokenUser): Record<string, unknown> {
  const claims: Record<string, unknown> = {};
  for (const key of ['id', 'name', 'email'] as const) {
    const value = user[key];
    // Control characters have no place in XMPP's XML: a presence that holds one ends the connection.
    if (value !== undefined) claims[key] = String(value).replaceAll(controlCharacters, ' ');
  }
  if (user.avatar !== undefined) {
    if (!URL.canParse(user.avatar) || !/^https?:$/.test(new URL(user.avatar).protocol)) {
      throw invalid('user.avatar is not an http(s) address; expected something like https://example.org/face.png');
    }
    claims['avatar'] = user.avatar;
  }
  if (user.hiddenFromRecorder !== undefined) claims['hidden-from-recorder'] = user.hiddenFromRecorder;
  return claims;
}

const knownFeatures: ReadonlySet<string> = new Set(featureNames);

function featureClaims(rights: FeatureRights): Record<string, boolean> {
  for (const [name, right] of Object.entries(rights)) {
    if (!knownFeatures.has(name)) {
      throw invalid(`there is no feature ${JSON.stringify(name)}; expected one of ${featureNames.join(', ')}`);
    }
    if (typeof right !== 'boolean') throw invalid(`feature ${name} is a ${typeof right}; expected true or false`);
  }
  return { ...rights };
}

function invalid(message: string): JitsiMeetingError {
  return new JitsiMeetingError('config-invalid', `Token grant: ${message}.`, {
    hint: 'Correct the grant that is handed to the token signer.',
  });
}
