import { parseURLParams } from 'jitsi-sdk/react/features/base/util/parseURLParams';
import type { PageFacts } from '../pages.js';
import { troubles, type Trouble } from './trouble.js';

/** What the page's address says, read with Jitsi's own parser. */
export interface Settings {
  room: string;
  tenant: string | null;
  token: string | null;
  userInfo: { displayName?: string; email?: string };
  startAudioMuted: boolean;
  startVideoMuted: boolean;
  /** The real app's default is on; here it is off unless `configOverwrite` asks for it. */
  prejoin: boolean;
  subject: string;
  /** Levels of the app's own log that the host page wants as `log` events. */
  logLevels: readonly string[];
  enableClosePage: boolean;
  /** What goes wrong on purpose: `configOverwrite: { standin: 'room-full' }`. */
  trouble: Trouble | undefined;
}

export const facts = (): PageFacts =>
  JSON.parse(document.getElementById('facts')?.textContent ?? '{"pace":1,"scene":null,"fault":"none"}') as PageFacts;

/**
 * The address that the app was opened by. Where there is no server it stands in the query of a file
 * (`meeting.html?at=/acme/team`).
 */
export function ownAddress(): URL {
  const url = new URL(location.href);
  const at = url.searchParams.get('at');
  if (facts().server === 'worker' && at !== null) url.pathname = at;
  return url;
}

export function readSettings(url: URL): Settings {
  const hash = parseURLParams(url);
  const [room = '', tenant = null] = url.pathname.split('/').filter(Boolean).map(decoded).toReversed();
  const text = (key: string) => (typeof hash[key] === 'string' ? hash[key] : undefined);
  const flag = (key: string) => hash[`config.${key}`] === true;
  const { enabled: prejoin = flag('prejoinConfig.enabled') } = (hash['config.prejoinConfig'] ?? {}) as {
    enabled?: boolean;
  };
  return {
    room,
    tenant,
    token: text('jwt') ?? url.searchParams.get('jwt'),
    userInfo: { displayName: text('userInfo.displayName'), email: text('userInfo.email') },
    startAudioMuted: flag('startWithAudioMuted'),
    startVideoMuted: flag('startWithVideoMuted'),
    prejoin: prejoin || flag('prejoinPageEnabled'),
    subject: text('config.subject') ?? '',
    logLevels: Array.isArray(hash['config.apiLogLevels']) ? (hash['config.apiLogLevels'] as string[]) : [],
    enableClosePage: flag('enableClosePage'),
    trouble: troubles.find((one) => one === hash['config.standin']),
  };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** How Jitsi spells a room in its events: percent-encoded, in lower case. */
export const spelled = (room: string): string => encodeURIComponent(room.normalize('NFKC').toLowerCase()).toLowerCase();

/** What the app reads of the claims. */
interface Claims {
  exp?: number;
  context?: { user?: { name?: string } };
}

/** The claims of a token, unverified. */
export function claimsIn(token: string | null): Claims | undefined {
  try {
    const body = atob((token ?? '').split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(body, (c) => c.charCodeAt(0)))) as Claims;
  } catch {
    return undefined;
  }
}

/** Prejoin shows the token's name before any server has looked. */
export const nameInToken = (token: string | null): string | undefined => claimsIn(token)?.context?.user?.name;
