import { TokenRefusal } from './problem.js';

/** What Jitsi says in `{state}`: where the person was, and the settings that were in the address. */
export interface AuthState {
  room: unknown;
  tenant: unknown;
  /** `config.*`, `interfaceConfig.*` and `iceServers.*`, as in the fragment of a meeting's address. */
  config: ReadonlyMap<string, unknown>;
}

/** Jitsi fills `{room}` in unencoded, so the room in the state comes first where there is one. */
export function readAuthState(parameters: URLSearchParams): AuthState {
  const state = parseState(parameters.get('state'));
  const config = Object.entries(state).filter(([key]) => isConfigKey(key));
  return {
    room: state['room'] ?? state['roomSafe'] ?? parameters.get('room'),
    tenant: state['tenant'] ?? parameters.get('tenant'),
    config: new Map(config),
  };
}

/** As Jitsi reads it back: JSON values, percent-encoded (`parseURLParams`). */
export function configHash({ config }: AuthState): string {
  return [...config].map(([key, value]) => `${key}=${encodeURIComponent(JSON.stringify(value))}`).join('&');
}

function parseState(text: string | null): Record<string, unknown> {
  if (!text) return {};
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    throw new TokenRefusal(400, 'The parameter state is not JSON; expected what Jitsi puts in for {state}.');
  }
  if (typeof state !== 'object' || state === null || Array.isArray(state)) {
    throw new TokenRefusal(400, 'The parameter state is not a JSON object; expected what Jitsi puts in for {state}.');
  }
  return state as Record<string, unknown>;
}

function isConfigKey(key: string): boolean {
  return (
    /^(config|interfaceConfig|iceServers)(\.[\w-]+)+$/.test(key) && !/\b(__proto__|constructor|prototype)\b/.test(key)
  );
}
