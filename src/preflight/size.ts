import { normaliseRoom } from '../room/index.js';
import { sureFixes } from './codes/sure.js';
import { findingsOf } from './finding.js';
import type { Deployment, Finding } from './types.js';

const finding = findingsOf(sureFixes);

interface Place {
  room: string;
  tenant?: string | null;
}

/** Prosody reads a request's head up to this many bytes (13 closes the connection then, 0.12 never answers). */
const PROSODY_HEAD = 10_240;
/** Headers that no client leaves out, measured; a browser's are some 340 bytes longer. */
const BARE_HEADERS = 169;
/** nginx's `large_client_header_buffers 4 8k`: the request line has to fit into one, its line end included. */
const NGINX_LINE = 8_192;

/** The longest token that gets through to the room's XMPP connection (over HTTP/1.1, as websockets are). */
export function longestToken({ room, tenant }: Place, proxy: 'nginx' | 'none'): number {
  // As Jitsi's client writes it: the name is encoded already, and once more by being put into a query.
  const query = new URLSearchParams({ room: normaliseRoom(room) }).toString();
  const inTenant = tenant ? encodeURIComponent(tenant.replace(/\p{Surrogate}/gu, '\uFFFD')) : '';
  // nginx has the tenant in the path, and hands it on as a part of the query.
  const path = proxy === 'nginx' && inTenant ? `/${inTenant}/xmpp-websocket` : '/xmpp-websocket';
  const prefix = proxy === 'none' && inTenant ? `&prefix=${inTenant}` : '';
  const line = `GET ${path}?${query}${prefix}&token= HTTP/1.1\r\n`.length;
  return Math.max(0, proxy === 'nginx' ? NGINX_LINE - line : PROSODY_HEAD - BARE_HEADERS - line);
}

/** What is to be said of a token's length alone. Where the proxy isn't known, what only nginx refuses is a warning. */
export function sizeFindings(length: number, place: Place, proxy?: Deployment['proxy']): Finding[] {
  const sure = longestToken(place, proxy ?? 'none');
  const limit = length > sure || proxy ? sure : longestToken(place, 'nginx');
  if (length <= limit) return [];
  const expected = `at most ${limit}${limit === sure && proxy !== 'nginx' ? '' : ' behind nginx'}`;
  const severity = length > sure ? 'error' : 'warning';
  return [finding('token-too-long', severity, 'connect', { found: `${length} characters`, expected })];
}
