import type { TLSSocket } from 'node:tls';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** Whether this is a name or an address of the machine itself, as a URL or a socket spells it. */
export function isLoopback(host: string): boolean {
  return /^(localhost|(::ffff:)?127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}

/** What proxies and tunnels add to a request, and browsers don't: they have no header with X- of their own. */
const addedByProxies =
  /^(via|x[-_].*|cf-.*|cdn-.*|(.*[-_])?(forwarded|proxy|ngrok|tailscale|traceparent|ips?)([-_].*)?)$/;

/**
 * Whether a request came straight from a browser on this machine. A proxy on this machine has a local address as well,
 * but it uses the public name of the page, or adds headers of its own, or makes a TLS handshake unlike a browser's.
 */
export function isFromThisMachine(context: Context, jitsiOrigin: string): boolean {
  const url = new URL(context.req.url);
  // The address may be in the request's first line as well.
  const host = context.req.header('host') ?? url.host;
  if (!isLoopback(url.hostname) || !URL.canParse(`https://${host}`)) return false;
  if (new URL(`https://${host}`).host !== url.host) return false;
  const headers = context.req.header();
  if (Object.keys(headers).some((name) => addedByProxies.test(name.toLowerCase()))) return false;
  const { origin } = headers;
  // Jitsi's page asks from its own origin when it exchanges a code for a token.
  if (origin !== undefined && origin !== url.origin && origin !== jitsiOrigin) return false;
  const { incoming } = (context.env ?? {}) as Partial<HttpBindings>;
  // A request from within the process, as tests make it, has no connection that could lead elsewhere.
  return incoming === undefined || isDirect(incoming, url.hostname);
}

function isDirect(incoming: HttpBindings['incoming'], name: string): boolean {
  const { remoteAddress = '', servername } = incoming.socket as TLSSocket;
  if (!isLoopback(remoteAddress) || incoming.httpVersion === '1.0') return false;
  // Browsers name the host in the TLS handshake, unless it is an address. Proxies don't by default.
  return name !== 'localhost' || servername === 'localhost';
}
