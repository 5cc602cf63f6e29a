import type { JWTPayload } from 'jose';
import { type FeatureName, featureNames } from '../claims/index.js';
import type { JitsiMeetingError } from '../errors.js';
import { unknownName, type Vocabulary } from '../names.js';
import { isAbsent } from '../plain.js';
import { kindOf, plainMembers } from '../kinds.js';
import { grantVocabulary, userVocabulary } from './grant-names.js';
import { roomClaimOf } from './room-claim.js';
import { invalidGrant } from './options-check.js';

/** Rights by feature. Where any is given, Jitsi takes a missing one for off. */
export type FeatureRights = Partial<Record<FeatureName, boolean>>;

/** What a token asks for. A stock self-hosted server makes every token holder a moderator, whatever is asked. */
export type GrantedRole = 'moderator' | 'participant' | 'visitor';

/** The room's name, in any spelling; a Lua pattern that has to match the whole name; or every room of the tenant. */
export type RoomChoice = string | { pattern: string } | { any: true };

/** Whom the others in the meeting see. `null` and an empty text are the same as nothing. */
export interface TokenUser {
  /** Stable id of the person in your application. It goes to `context.user.id`, never to `sub`. */
  id?: string | number | null;
  name?: string | null;
  email?: string | null;
  /** Address of a picture, http or https. Any other address is left out, with a warning. */
  avatar?: string | null;
  /** Jitsi's `hidden-from-recorder`. */
  hiddenFromRecorder?: boolean | null;
}

/** Who may enter which room, as what, and for how long. Names that are not listed here are refused. */
export interface MeetingGrant {
  room: RoomChoice;
  /** First part of the meeting's path, `https://DOMAIN/TENANT/ROOM`. */
  tenant?: string | null;
  user?: TokenUser | null;
  /** Default: participant. */
  role?: GrantedRole | null;
  /** Left out, the server's defaults for the role hold. */
  features?: FeatureRights | null;
  /** `context.group`. */
  group?: string | null;
  /** Seconds; default: the signer's. */
  expiresIn?: number | null;
  /**
   * `bypass`: past the lobby, where the server has jitsi-contrib's `token_lobby_bypass` (`context.user.lobby_bypass`).
   * `wait`: into the lobby, where it has `token_lobby_ondemand` (`context.user.lobby`).
   */
  lobby?: 'bypass' | 'wait' | null;
  /** `bypass`: past password and lobby, where the server has jitsi-contrib's `token_security_ondemand`. */
  security?: 'bypass' | null;
  /** The claim `lobbyModerator`, which H2-invent's plugins read. */
  lobbyModerator?: boolean | null;
}

/** What a grant says in claims, and what of it was left out. */
export interface GrantClaims {
  claims: JWTPayload;
  warnings: JitsiMeetingError[];
}

const roles: readonly unknown[] = ['moderator', 'participant', 'visitor'] satisfies GrantedRole[];

/**
 * The claims that say what a grant allows, but for its tenant and life: `room` and `context`, in every spelling that the known Prosody plugins read
 * a role from (`context.user.moderator`, `context.user.affiliation`, top-level `moderator`).
 */
export function grantClaims(grant: MeetingGrant): GrantClaims {
  const { room, tenant, user, role: given, features, group, lobby, security, lobbyModerator } = grant;
  const role = isAbsent(given) ? 'participant' : given;
  if (!roles.includes(role)) throw invalidGrant(`role is ${shown(role)}; expected moderator, participant or visitor`);
  const moderator = role === 'moderator';
  const { claims: userClaims, warnings } = claimsOfUser(user);
  const context: Record<string, unknown> = {
    user: {
      ...userClaims,
      moderator,
      affiliation: moderator ? 'owner' : 'member',
      ...(role === 'visitor' && { role: 'visitor' }),
      // Jitsi's plugins ask for exactly true.
      ...(oneOf('lobby', lobby, ['bypass', 'wait']) && { [lobby === 'bypass' ? 'lobby_bypass' : 'lobby']: true }),
      ...(oneOf('security', security, ['bypass']) && { security_bypass: true }),
    },
  };
  if (!isAbsent(features)) context['features'] = featureClaims(features);
  const groupText = textClaim('group', group);
  if (groupText !== undefined) context['group'] = groupText;
  const { claim, isPattern } = roomClaimOf(room, tenant);
  if (isPattern) context['room'] = { regex: true };
  const claims = { room: claim, moderator, context, ...flag('lobbyModerator', lobbyModerator) };
  return { claims, warnings };
}

/** The grant's members, each known and read once. Throws `config-invalid`. */
export const checkedGrant = (grant: MeetingGrant): MeetingGrant =>
  membersOf(grant, 'the grant', grantVocabulary) as unknown as MeetingGrant;

/** The members of a part of the grant, each known. */
function membersOf(value: unknown, what: string, vocabulary: Vocabulary): Record<string, unknown> {
  const members = plainMembers(value);
  if (!members)
    throw invalidGrant(`${what} is ${kindOf(value)}; expected an object with ${vocabulary.known.join(', ')}`);
  const unknown = unknownName(Object.keys(members), vocabulary);
  if (unknown) throw invalidGrant(`in ${what} ${unknown}`);
  return members;
}

function oneOf(name: string, value: unknown, words: readonly string[]): boolean {
  if (isAbsent(value)) return false;
  if (!words.includes(value as string)) {
    throw invalidGrant(`${name} is ${shown(value)}; expected ${words.map((word) => `'${word}'`).join(' or ')}`);
  }
  return true;
}

function claimsOfUser(user: unknown): { claims: Record<string, unknown>; warnings: JitsiMeetingError[] } {
  const claims: Record<string, unknown> = {};
  if (isAbsent(user)) return { claims, warnings: [] };
  const { avatar, hiddenFromRecorder, ...texts } = membersOf(user, 'user', userVocabulary);
  for (const key of ['id', 'name', 'email']) {
    const text = textClaim(`user.${key}`, texts[key]);
    if (text !== undefined) claims[key] = text;
  }
  const picture = textClaim('user.avatar', avatar);
  const address = picture === undefined ? undefined : pictureAddress(picture);
  if (address !== undefined) claims['avatar'] = address;
  const { hiddenFromRecorder: hidden } = flag('hiddenFromRecorder', hiddenFromRecorder);
  if (hidden !== undefined) claims['hidden-from-recorder'] = hidden;
  const leftOut = picture !== undefined && address === undefined;
  return { claims, warnings: leftOut ? [invalidGrant(`user.avatar is ${badPicture}, and is left out`)] : [] };
}

const badPicture = 'not an http(s) address; expected something like https://example.org/face.png';

/** `undefined` for what only a page of one's own could show, such as `/img/face.png`: others see that page never. */
function pictureAddress(text: string): string | undefined {
  // A parser for addresses drops tabs and line breaks, so a script could hide behind them.
  if (/^(javascript|vbscript):/i.test(text.replaceAll(/\s/g, ''))) throw invalidGrant(`user.avatar is ${badPicture}`);
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) ? url.href : undefined;
}

// eslint-disable-next-line no-control-regex -- they are what is looked for
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/g;

/** A text that fits into XMPP's XML, or `undefined` where there is nothing to say. Numbers, such as ids, become text. */
function textClaim(name: string, value: unknown): string | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'string' && typeof value !== 'bigint' && !Number.isFinite(value)) {
    throw invalidGrant(`${name} is ${kindOf(value)}; expected a text`);
  }
  // A presence that holds a control character or half a surrogate pair ends the connection.
  const text = String(value)
    .replaceAll(controlCharacters, ' ')
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD');
  return text.trim() === '' ? undefined : text;
}

function flag<Name extends string>(name: Name, value: unknown): { [name in Name]?: boolean } {
  if (isAbsent(value)) return {};
  if (typeof value !== 'boolean') throw invalidGrant(`${name} is ${kindOf(value)}; expected true or false`);
  return { [name]: value } as { [name in Name]: boolean };
}

const features: Vocabulary = { known: featureNames };

function featureClaims(given: unknown): Record<string, boolean> {
  const rights = membersOf(given, 'features', features);
  for (const [name, right] of Object.entries(rights)) {
    if (typeof right !== 'boolean') throw invalidGrant(`feature ${name} is ${kindOf(right)}; expected true or false`);
  }
  return { ...rights } as Record<string, boolean>;
}

/** A word that is short enough to be shown, or what kind of thing it is. */
function shown(value: unknown): string {
  return typeof value === 'string' && value.length <= 40 ? JSON.stringify(value) : kindOf(value);
}
