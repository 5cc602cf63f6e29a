/** Plugins whose rules are known here, by Prosody's name without `mod_`; `muc_` may be left out as well. */
export const knownPlugins = [
  'presence_identity',
  'token_affiliation',
  'token_affiliation_legacy',
  'muc_wait_for_host',
  'wait_for_host_disable_auto_owners',
  'muc_allowners',
  'token_owner_party',
  'token_no_wildcard',
  'token_lobby_bypass',
  'token_lobby_ondemand',
  'token_security_ondemand',
] as const;

type PluginName = (typeof knownPlugins)[number];

/** Plugins that open or close a lobby, or give roles, by what isn't told here: with one of them neither is known. */
const ownRules = [
  'lobby_autostart',
  'lobby_autostart_on_owner',
  'lobby_deactivate',
  'token_lobby_autostart',
  'token_lobby_bypass_for_initiator',
  'secure_domain_lobby_bypass',
  'auth_hybrid_matrix_token',
  'matrix_affiliation',
  'matrix_lobby_bypass',
].map(plain);

function plain(name: string): string {
  return name.trim().toLowerCase().replace(/^mod_/, '').replace(/^muc_/, '');
}

/** The plugins of a deployment. */
export class Plugins {
  /** Whether they were told at all. */
  readonly told: boolean;
  /** Whether one of them follows rules that aren't known here. */
  readonly unknownRules: boolean;
  readonly #names: Set<string>;

  constructor(names: readonly string[] | undefined) {
    this.told = names !== undefined;
    this.#names = new Set(names?.map(plain));
    this.unknownRules = ownRules.some((name) => this.#names.has(name));
  }

  has(name: PluginName): boolean {
    return this.#names.has(plain(name));
  }
}
