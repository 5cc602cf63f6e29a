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
 * Whether a request was sent by a browser on this machine and by nothing in between: a proxy here also comes from here,
 * but it has the public name of the page, or tells of itself, or speaks to a server otherwise than browsers do.
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
  // Jitsi's page comes from its own origin to change a code for a token.
  if (origin !== undefined && origin !== url.origin && origin !== jitsiOrigin) return false;
  const { incoming } = (context.env ?? {}) as Partial<HttpBindings>;
  // Asked within the process, as tests do: there is no line that somebody could be at the other end of.
  return incoming === undefined || isDirect(incoming, url.hostname);
}

function isDirect(incoming: HttpBindings['incoming'], name: string): boolean {
  const { remoteAddress = '', servername } = incoming.socket as TLSSocket;
  if (!isLoopback(remoteAddress) || incoming.httpVersion === '1.0') return false;
  // Browsers name in the handshake whom they call, unless it is an address; proxies that aren't told to don't.
  return name !== 'localhost' || servername === 'localhost';
}
