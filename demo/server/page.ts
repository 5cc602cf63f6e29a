import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { PageFiles } from './page-build.js';

/** Answers the paths of the page's files and no others. No part of a request becomes a path on the disk. */
export function servePage(files: PageFiles, jitsiDomain: string | null): MiddlewareHandler {
  const guard = pageHeaders(jitsiDomain);
  return async (context, next) => {
    const path = context.req.path === '/' ? '/index.html' : context.req.path;
    const file = Object.hasOwn(files, path) ? files[path] : undefined;
    if (!file) return next();
    return guard(context, async () => {
      if (!['GET', 'HEAD'].includes(context.req.method)) {
        context.res = new Response(null, { status: 405, headers: { Allow: 'GET, HEAD' } });
        return;
      }
      // Scripts and styles have names that change with their content.
      const caching = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      context.res = new Response(file.text, { headers: { 'Content-Type': file.type, 'Cache-Control': caching } });
    });
  };
}

/** The page may load its own files and what the element needs of Jitsi: the script, and the frame. */
function pageHeaders(jitsiDomain: string | null): MiddlewareHandler {
  const self = "'self'";
  const jitsi = jitsiDomain === null ? [] : [`https://${jitsiDomain}`];
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [self, ...jitsi],
      styleSrc: [self],
      imgSrc: [self, 'data:'],
      connectSrc: [self],
      frameSrc: [self, ...jitsi],
      baseUri: ["'none'"],
      formAction: [self],
      frameAncestors: [self],
    },
    // The browsers' own defaults: Jitsi's frame may open a window to sign in, and may know which page it is in.
    crossOriginOpenerPolicy: false,
    referrerPolicy: 'strict-origin-when-cross-origin',
    // A machine that runs the demo on localhost has other servers there as well.
    strictTransportSecurity: false,
  });
}

/** Endings of files in a clone or beside it. Some systems and servers ignore what follows an ending, such as a dot. */
const endings =
  /\.(?:[cm]?[jt]sx?|d\.ts|json5?|map|md|html?|css|lua|cfg|conf|env|ya?ml|toml|lock|log|sh|pem|key|pk|crt|cer|der|p12|pfx|jwks?|sql|tgz|gz|zip|bak|old|orig|swp)(?![\p{L}\p{N}_-])/iu;

/**
 * Whether a path can be a room of the stand-in, which has a page for every name. A path that names a file, in any
 * encoding, is not a room. It is answered 404, so that a search for leaked files finds nothing that looks like one.
 */
export function isRoomPath(path: string): boolean {
  let text = path;
  for (let times = 0; times < 5; times++) {
    if (/[\\\p{Cc}]|^\/\/|\/\/|\/[.@]|\.\./u.test(text) || endings.test(text)) return false;
    const decoded = decode(text);
    // If the first decoding fails, it isn't an address; if the second does, the name has a percent sign in it.
    if (decoded === null) return times > 0;
    if (decoded === text) return true;
    text = decoded;
  }
  return false;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
