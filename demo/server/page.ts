import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { PageFiles } from './page-build.js';

/** Answers the paths of the page's files, and no other; nothing of a request ever becomes a path on the disk. */
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
      // The names of all but the page itself change with what is in them.
      const caching = path === '/index.html' ? 'no-cache' : 'public, max-age=31536000, immutable';
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
    // As without any: Jitsi's frame may open a window to sign in, and may know which page it is in.
    crossOriginOpenerPolicy: false,
    referrerPolicy: 'strict-origin-when-cross-origin',
    // Whoever looks at the demo on localhost has other servers there.
    strictTransportSecurity: false,
  });
}

/** Endings of files that lie in a clone or beside it; some systems and servers overlook what follows, such as a dot. */
const endings =
  /\.(?:[cm]?[jt]sx?|d\.ts|json5?|map|md|html?|css|lua|cfg|conf|env|ya?ml|toml|lock|log|sh|pem|key|pk|crt|cer|der|p12|pfx|jwks?|sql|tgz|gz|zip|bak|old|orig|swp)(?![\p{L}\p{N}_-])/iu;

/**
 * Whether a path can be a room of the stand-in, which has a page for every name. What names a file, in any encoding, is
 * none: the answer to it is 404, so that nobody who looks for secrets has to ask what it was that they got.
 */
export function isRoomPath(path: string): boolean {
  let text = path;
  for (let times = 0; times < 5; times++) {
    if (/[\\\p{Cc}]|^\/\/|\/\/|\/[.@]|\.\./u.test(text) || endings.test(text)) return false;
    const decoded = decode(text);
    // What can't be decoded is no address; a second time, it is a name with a percent sign in it.
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
