import { asksToModerate } from '../claims/role.js';
import { joinFixes } from './codes/join.js';
import { findingsOf } from './finding.js';
import { keptIdentity } from './identity.js';
import { index, isIndexable, isTrue, type LuaValue } from './lua/values.js';
import type { Settings } from './settings.js';
import { showLua } from './show-lua.js';
import type { Finding, GivenRole, LobbyState, PreflightRequest } from './types.js';

const finding = findingsOf(joinFixes);

/** What comes of a person whose token is good for the room. */
export interface Entry {
  finding?: Finding;
  role?: GivenRole;
  lobby?: LobbyState;
}

/** Why somebody stays outside. */
class Held extends Error {
  readonly finding: Finding;
  readonly lobby: LobbyState | undefined;

  constructor(code: keyof typeof joinFixes, lobby?: LobbyState, details: Pick<Finding, 'claim' | 'found'> = {}) {
    super(code);
    this.finding = finding(code, 'error', 'join', details);
    this.lobby = lobby;
  }
}

/**
 * What the MUC component's plugins do with a person whom `token_verification` lets pass, in the order of their hooks'
 * priorities: which people wait, and which role each one gets.
 */
export function enterDoor(claims: LuaValue, settings: Settings, request: PreflightRequest, hasToken: boolean): Entry {
  const { plugins } = settings;
  const person = new Newcomer(claims, settings, request, hasToken);
  const told = request.lobby !== undefined || Boolean(request.roomPassword) || request.roomPassword === null;
  try {
    person.passDoor();
  } catch (held) {
    if (!(held instanceof Held)) throw held;
    return { finding: held.finding, ...(held.lobby && !plugins.unknownRules && { lobby: held.lobby }) };
  }
  return {
    ...(plugins.told && !plugins.unknownRules && { role: person.role() }),
    ...(told && !plugins.unknownRules && { lobby: 'none' }),
  };
}

class Newcomer {
  #affiliation: 'none' | 'member' | 'owner' = 'none';
  #membersOnly: boolean;
  #waitsForHost = false;
  #password: string | undefined;
  readonly #roomPassword: string | undefined;
  readonly #user: LuaValue;
  readonly #settings: Settings;
  readonly #request: PreflightRequest;
  readonly #hasToken: boolean;

  constructor(claims: LuaValue, settings: Settings, request: PreflightRequest, hasToken: boolean) {
    this.#settings = settings;
    this.#request = request;
    this.#hasToken = hasToken;
    this.#user = hasToken ? keptIdentity(claims).user : undefined;
    this.#membersOnly = request.lobby ?? false;
    this.#password = request.password || undefined;
    this.#roomPassword = request.roomPassword || undefined;
  }

  passDoor(): void {
    const { plugins } = this.#settings;
    if (plugins.has('token_owner_party')) this.#startParty();
    if (this.#waitsAtAll()) this.#waitForHost();
    if (plugins.has('token_security_ondemand') && this.#says('security_bypass')) {
      this.#password ??= this.#roomPassword;
      this.#becomeMember();
    }
    if (plugins.has('token_lobby_bypass') && this.#membersOnly && this.#says('lobby_bypass')) this.#becomeMember();
    if (plugins.has('token_lobby_ondemand')) this.#chooseLobby();
    if (plugins.has('token_affiliation')) this.#affiliate();
    if (this.#membersOnly) this.#passLobby();
    if (this.#roomPassword !== undefined && this.#password !== this.#roomPassword)
      throw new Held(this.#password === undefined ? 'password-required' : 'password-other', 'password');
  }

  /** By the plugins that come when somebody is in already; the last one wins. */
  role(): GivenRole {
    const { plugins, guest } = this.#settings;
    const autoOwner =
      this.#waitsAtAll() && !plugins.has('wait_for_host_disable_auto_owners') && (this.#hasToken || !guest);
    if (autoOwner || plugins.has('muc_allowners')) this.#affiliation = 'owner';
    // This one fails on a user that is not an object, which changes nothing.
    if (plugins.has('token_affiliation_legacy') && this.#hasToken && (!isTrue(this.#user) || isIndexable(this.#user)))
      this.#affiliation = this.#moderates() ? 'owner' : 'member';
    return this.#affiliation === 'owner' ? 'moderator' : 'participant';
  }

  /** `mod_token_owner_party`: people enter only after an owner, or after two others. Jicofo counts as one of them. */
  #startParty(): void {
    const alone = (this.#request.occupants ?? 0) < 1;
    if (!this.#moderates() && alone) throw new Held('party-not-started');
  }

  #waitsAtAll(): boolean {
    return this.#settings.plugins.has('muc_wait_for_host') && this.#settings.mapperBase !== null;
  }

  /** Everyone who comes over the main domain counts as the host, even a guest without a token. */
  #waitForHost(): void {
    if ((this.#request.occupants ?? 0) > 0) return;
    if (this.#hasToken || !this.#settings.guest) this.#membersOnly = false;
    else if (!this.#membersOnly) this.#membersOnly = this.#waitsForHost = true;
  }

  #chooseLobby(): void {
    if (!this.#hasToken) return;
    if (this.#user !== undefined) this.#readable();
    if (index(this.#user, 'lobby') === true) this.#membersOnly = true;
    else if (this.#membersOnly) this.#becomeMember();
  }

  /** It ignores people whom the lobby will hold. */
  #affiliate(): void {
    if (!this.#hasToken) return;
    if (this.#membersOnly && this.#affiliation === 'none' && !this.#knowsPassword()) return;
    this.#affiliation = this.#moderates() ? 'owner' : 'member';
  }

  #passLobby(): void {
    if (this.#knowsPassword()) {
      if (this.#affiliation !== 'owner') {
        this.#affiliation = 'member';
        return;
      }
    } else if (this.#affiliation === 'member') this.#password ??= this.#roomPassword;
    const { displayName = 'somebody' } = this.#request;
    if (!displayName && !this.#waitsForHost) throw new Held('name-required', 'name');
    if (this.#affiliation !== 'none') return;
    throw this.#waitsForHost ? new Held('host-awaited', 'host') : new Held('lobby-closed', 'lobby');
  }

  #knowsPassword(): boolean {
    return this.#roomPassword !== undefined && this.#password === this.#roomPassword;
  }

  #becomeMember(): void {
    if (this.#affiliation === 'none') this.#affiliation = 'member';
  }

  /** Whether `context.user` says so by `true` itself. */
  #says(name: string): boolean {
    return isTrue(this.#user) && this.#readable() && index(this.#user, name) === true;
  }

  #moderates(): boolean {
    if (!isTrue(this.#user)) return false;
    this.#readable();
    return asksToModerate(index(this.#user, 'affiliation'), index(this.#user, 'moderator'));
  }

  /** A plugin fails over what it can't look into, and no answer comes. */
  #readable(): true {
    if (isIndexable(this.#user)) return true;
    throw new Held('user-unusable', undefined, { claim: 'context.user', found: showLua(this.#user) });
  }
}
