import { jsonObject } from '../plain.js';
import { normaliseRoom } from '../room/index.js';
import { type PassedSettings, settingsHash, settingsOf } from './auth-settings.js';
import { TokenRefusal } from './problem.js';

/** What Jitsi says in `{state}`: where the person was, and the settings that were in the address. */
export interface AuthState {
  room: unknown;
  tenant: unknown;
  /** Those that may pass (`auth-settings.ts`). */
  settings: ReadonlyMap<string, unknown>;
  /** The app that opened the browser to sign in, and waits. */
  app: 'mobile' | 'desktop' | null;
  /** The number that Jitsi's external_api.js gave the frame, where the page around it said so. */
  frameNumber: number;
}

export interface AuthStateOptions {
  room?: 'path';
  config?: PassedSettings;
}

/** Not a setting of Jitsi's: a page gives it to its frame, and Jitsi hands it on with the settings. */
const frameNumberName = 'config.jitsiMeetExternalApiId';

/** Parameters that Jitsi fills in or adds; any other one means that a room's name broke the address. */
const filledIn = ['state', 'room', 'tenant', 'code_challenge', 'nonce', 'client_id'];

/** Jitsi fills `{room}` in unencoded, so the room in the state comes first where there is one. */
export function readAuthState(url: URL, options: AuthStateOptions): AuthState {
  const parameters = url.searchParams;
  for (const name of filledIn) {
    if (parameters.getAll(name).length > 1) throw new TokenRefusal(400, `The parameter ${name} is given twice.`);
  }
  const state = parseState(parameters.get('state'));
  const number = state[frameNumberName];
  return {
    room: state['room'] ?? state['roomSafe'] ?? parameters.get('room') ?? roomInPath(url, options),
    tenant: state['tenant'] ?? parameters.get('tenant'),
    settings: settingsOf(state, options.config),
    app: appOf(state),
    frameNumber: Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : 0,
  };
}

/** The fragment of the meeting's address. */
export function fragmentOf({ settings, frameNumber }: AuthState, isInFrame: boolean): string {
  const hash = settingsHash(settings);
  if (!isInFrame) return hash;
  // Without its number, the app in a frame would tell the page around it nothing.
  return `jitsi_meet_external_api_id=${frameNumber}${hash && '&'}${hash}`;
}

/** The state for `static/sso.html`, which goes by `roomSafe` and takes every `config.*` as it is. */
export function stateForPage({ room, settings }: AuthState, place: { room: string; tenant?: string | null }): string {
  const { room: roomSafe, tenant } = place;
  const named = normaliseRoom(String(room)) === normaliseRoom(roomSafe) ? room : roomSafe;
  return JSON.stringify({ room: named, roomSafe, ...(tenant && { tenant }), ...Object.fromEntries(settings) });
}

/** The last part of the path, still encoded, as the rules for names read it. */
function roomInPath(url: URL, { room }: AuthStateOptions): string | null {
  if (room !== 'path') return null;
  if ([...url.searchParams.keys()].some((name) => !filledIn.includes(name))) {
    throw new TokenRefusal(
      400,
      'The room’s name has a ? in it; put {state} into tokenAuthUrl, which carries any name.',
    );
  }
  return url.pathname.slice(url.pathname.lastIndexOf('/') + 1) || null;
}

function appOf(state: Readonly<Record<string, unknown>>): AuthState['app'] {
  if (state['ios'] === true || state['android'] === true) return 'mobile';
  return state['electron'] === true ? 'desktop' : null;
}

function parseState(text: string | null): Readonly<Record<string, unknown>> {
  if (!text) return {};
  const state = jsonObject(text);
  if (typeof state !== 'string') return state;
  throw new TokenRefusal(400, `The parameter state is ${state}; expected what Jitsi puts in for {state}.`);
}
