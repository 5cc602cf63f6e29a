import { normaliseRoom } from './name.js';

/** The room and the proxy that limit a token's length. */
export interface TokenPlace {
  room: string;
  tenant?: string | null;
}

/** Prosody reads a request's head up to this many bytes (13 closes the connection then, 0.12 never answers). */
const PROSODY_HEAD = 10_240;
/** Bytes of the headers that every client sends, measured; a browser sends some 340 bytes more. */
const BARE_HEADERS = 169;
/** nginx's `large_client_header_buffers 4 8k`: the request line has to fit into one, its line end included. */
const NGINX_LINE = 8_192;

/** The longest token that gets through to the room's XMPP connection (over HTTP/1.1, as websockets are). */
export function longestToken({ room, tenant }: TokenPlace, proxy: 'nginx' | 'none'): number {
  // As Jitsi's client writes it: the encoded name is encoded once more when it is put into the query.
  const query = new URLSearchParams({ room: normaliseRoom(room) }).toString();
  const inTenant = tenant ? encodeURIComponent(tenant.replace(/\p{Surrogate}/gu, '\uFFFD')) : '';
  // nginx gets the tenant in the path, and passes it on in the query.
  const path = proxy === 'nginx' && inTenant ? `/${inTenant}/xmpp-websocket` : '/xmpp-websocket';
  const prefix = proxy === 'none' && inTenant ? `&prefix=${inTenant}` : '';
  const line = `GET ${path}?${query}${prefix}&token= HTTP/1.1\r\n`.length;
  return Math.max(0, proxy === 'nginx' ? NGINX_LINE - line : PROSODY_HEAD - BARE_HEADERS - line);
}
