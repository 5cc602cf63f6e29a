import { normaliseRoom, normaliseTenant } from '../room/index.js';
import { joinFixes } from './codes/join.js';
import { anyServerFixes } from './codes/any-server.js';
import { findingsOf, show } from './finding.js';
import { identityProblem } from './identity.js';
import { toBinary } from './lua/json.js';
import { asString, index, isIndexable, isTable, isTrue, lower, type LuaValue } from './lua/values.js';
import { luaErrorsOf } from './lua-finding.js';
import { luaMatch } from './lua/pattern.js';
import type { Settings } from './settings.js';
import { plain, showLua } from './show-lua.js';
import { subFix } from './sub.js';
import { unusableRoom } from './findings-without-settings.js';
import type { WordsOf } from '../server-texts.js';
import type { Finding, JitsiRelease, PreflightRequest } from './types.js';

const fixes = { ...anyServerFixes, ...joinFixes };
const finding = findingsOf(fixes);
const error = luaErrorsOf(fixes, 'join');

const MISMATCH = 'Room and token mismatched';
const NO_MATCH = 'Room name cannot be matched to the one from token.';

/**
 * The server's look at a token when the client enters a room (`verify_room` in Jitsi's `token/util.lib.lua`), as if the
 * room were there already. `claims`: `undefined` without a token.
 */
export function enterRoom(
  claims: LuaValue,
  settings: Settings,
  request: PreflightRequest,
  hasToken: boolean,
): Finding[] {
  const address = addressFindings(settings, request);
  const identity = settings.plugins.has('presence_identity') ? identityProblem(claims, settings.release) : undefined;
  if (identity) address.push(error('identity-unusable', undefined, identity.claim, identity.found));
  if (settings.mapperBase === null) address.push(error('mapper-not-set', 'Room does not exist'));
  if (settings.plugins.has('token_no_wildcard')) address.push(...wildcardFindings(claims));
  if (request.roomExists === false) return [...address, error('room-not-open', 'Room does not exist')];
  // Without a token one gets here by leave or over the guest domain.
  if (!hasToken && settings.allowEmptyToken && request.unauthenticatedAccess === false)
    return [...address, error('guest-not-welcome', 'Authentication required')];
  if (!hasToken && (settings.allowEmptyToken || !settings.guest)) return address;
  // Of a token that can't be read that is said already.
  if (hasToken && claims === undefined) return address;
  const node = roomNode(request);
  return [
    ...address,
    ...(settings.domainVerification
      ? verified(claims, node, settings, request)
      : roomOnly(claims, node, hasToken && settings.requireRoomClaim)),
  ];
}

/** `mod_token_no_wildcard` looks before all others, at the claims as they are. */
function wildcardFindings(claims: LuaValue): Finding[] {
  const found: Finding[] = [];
  const refused = (text: WordsOf<'wildcard-refused'>, claim: string, value: LuaValue) =>
    found.push(error('wildcard-refused', text, claim, value));
  if (index(claims, 'room') === '*') refused('Wildcard room in token not allowed', 'room', '*');
  if (index(claims, 'sub') === '*') refused('Wildcard sub in token not allowed', 'sub', '*');
  const contextRoom = index(index(claims, 'context'), 'room');
  if (isTrue(contextRoom) && !isIndexable(contextRoom)) found.push(unusableContextRoom(contextRoom));
  else if (isPattern(claims)) refused('Regex support not allowed for token', 'context.room.regex', true);
  return found;
}

const unusableContextRoom = (found: LuaValue): Finding =>
  error('context-room-unusable', undefined, 'context.room', found, 'an object');

function addressFindings({ mapperBase }: Settings, { room, tenant }: PreflightRequest): Finding[] {
  const found: Finding[] = [];
  const malformed = 'The destination address is invalid';
  if (unusableRoom(room)) found.push({ ...error('room-address-unusable', malformed), found: show(room) });
  if (tenant && /[\s"&'/:<>@]/.test(tenant))
    found.push({ ...error('tenant-address-unusable', malformed), found: show(tenant) });
  else if (tenant && (tenant.includes('.') || mapperBase === null))
    found.push({
      ...error('tenant-address-unusable', 'Communication with remote domains is not enabled'),
      found: show(tenant),
    });
  return found;
}

/** The room's name on the server: a tenant stands in brackets before it (`mod_muc_domain_mapper`). */
function roomNode({ room, tenant }: PreflightRequest): string {
  return toBinary(`${tenant ? `[${normaliseTenant(tenant)}]` : ''}${normaliseRoom(room)}`);
}

/** `enable_domain_verification = false`: only the claim `room` counts, and a token without it is let in. */
function roomOnly(claims: LuaValue, node: string, saidMissing: boolean): Finding[] {
  const claim = lowered(index(claims, 'room'));
  if (claim === undefined && saidMissing) return [];
  if (!isTrue(claim) || claim === '*' || claim === node) return [];
  const name = asString(claim);
  if (name === undefined) return [error('room-not-text', undefined, 'room', claim, 'a text')];
  if (node.endsWith(`]${name}`)) return [];
  const code = isPattern(claims) ? 'room-pattern-off' : 'room-other';
  return [error(code, 'Room does not match the room from token', 'room', claim, show(node))];
}

/** `enable_domain_verification`: room, and tenant or domain. */
function verified(claims: LuaValue, node: string, settings: Settings, request: PreflightRequest): Finding[] {
  const [, subdomain, roomInTenant] = /^\[([^\]]+)\](.+)$/s.exec(node) ?? [];
  const room = roomInTenant ?? node;
  const claim = lowered(index(claims, 'room'));
  const checked = claim === '*' ? { room } : checkedRoom(claims, claim, room, settings.release);
  if (checked.finding) return [checked.finding];
  if (!isTrue(checked.room)) {
    // A missing claim is reported on connecting, and so is what a later release says about `sub`.
    const said = isTable(claims) && claim === undefined && settings.requireRoomClaim;
    if (!settings.requireRoomClaim) return [];
    if (!said) return [refusal(claims, claim, room)];
  }

  const context = index(claims, 'context');
  const found: Finding[] = [];
  const contextTenant = index(context, 'tenant');
  if (isTrue(contextTenant) && asString(contextTenant) === undefined)
    found.push(error('tenant-claim-unusable', undefined, 'context.tenant', contextTenant, 'a text'));
  else if (isTrue(contextTenant) && request.unauthenticatedAccess === false && !isOfTenant(contextTenant, request))
    found.push(
      error(
        'tenant-claim-other',
        MISMATCH,
        'context.tenant',
        contextTenant,
        request.tenant ? show(request.tenant) : '',
      ),
    );
  const sub = index(claims, 'sub');
  const expected = subdomain ?? settings.mapperBase;
  const shown = expected ? showLua(expected) : undefined;
  const subText = asString(sub);
  if (sub === undefined) found.push(error('sub-missing', undefined, 'sub', sub, shown));
  else if (subText === undefined) found.push(error('sub-not-text', undefined, 'sub', sub, shown));

  const name = asString(checked.room);
  if (claim === undefined && !isTrue(checked.room)) return found;
  if (name === undefined) found.push(error('room-not-text', undefined, 'room', claim, 'a text'));
  else if (name !== room)
    found.push(
      error(
        isPattern(claims) ? 'room-pattern-partial' : 'room-other',
        MISMATCH,
        'room',
        index(claims, 'room'),
        show(room),
      ),
    );
  if (subText !== undefined && lower(subText) !== '*') {
    if (expected === undefined)
      found.push(finding('domain-unchecked', 'warning', 'join', { claim: 'sub', found: show(subText) }));
    else if (expected !== null && lower(subText) !== expected)
      found.push({ ...error('sub-other', MISMATCH, 'sub', sub, shown), fix: subFix(plain(claims), request.tenant) });
  }
  return found;
}

const isOfTenant = (claim: LuaValue, { tenant }: PreflightRequest): boolean =>
  tenant ? lower(asString(claim)!) === toBinary(tenant) : false;

const lowered = (claim: LuaValue): LuaValue => (typeof claim === 'string' ? lower(claim) : claim);

function isPattern(claims: LuaValue): boolean {
  const regex = index(index(index(claims, 'context'), 'room'), 'regex');
  return regex === true || regex === 'true';
}

/** What is compared with the room's name: the claim, or what it matches as a pattern. */
function checkedRoom(
  claims: LuaValue,
  claim: LuaValue,
  room: string,
  release: JitsiRelease,
): { room?: LuaValue; finding?: Finding } {
  const contextRoom = index(index(claims, 'context'), 'room');
  if (isTrue(contextRoom) && !isIndexable(contextRoom)) return { finding: unusableContextRoom(contextRoom) };
  if (!isPattern(claims)) return { room: claim };
  const malformed = release === '2026-03' ? undefined : 'Room claim is not a valid Lua pattern';
  const pattern = asString(claim);
  if (pattern === undefined)
    return {
      finding: error(malformed ? 'room-pattern-malformed' : 'room-not-text', malformed, 'room', claim, 'a text'),
    };
  const result = luaMatch(room, pattern);
  if (result.kind === 'error')
    return { finding: { ...error('room-pattern-malformed', malformed, 'room', claim), expected: result.message } };
  if (result.kind === 'budget')
    return { finding: finding('room-pattern-undecided', 'warning', 'join', { claim: 'room', found: showLua(claim) }) };
  return { room: result.kind === 'match' ? result.match : undefined };
}

/** There is nothing to compare with the room's name. */
function refusal(claims: LuaValue, claim: LuaValue, room: string): Finding {
  if (claims === undefined || !isTable(claims)) return error('guest-refused', NO_MATCH);
  if (isPattern(claims)) return error('room-pattern-no-match', NO_MATCH, 'room', claim, show(room));
  return error('room-other', NO_MATCH, 'room', claim, show(room));
}
