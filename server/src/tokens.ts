import {
  type Authorize,
  createTokenAuthRedirect,
  createTokenHandler,
  forbidden,
  type RateLimit,
  type TokenSigner,
  unauthorized,
} from 'jitsi-meeting-element/server';
import { decide } from './access/decide.js';
import type { WatchedAccess } from './access/watch.js';
import { faultOf, type Log } from './log.js';
import type { Metrics } from './metrics.js';
import type { Person } from './person.js';
import { keyFor } from './session.js';
import type { Settings } from './settings.js';
import type { Store } from './store/store.js';

export interface TokenOptions {
  settings: Settings;
  signer: TokenSigner;
  access: WatchedAccess;
  store: Store;
  rateLimit: RateLimit;
  metrics: Metrics;
  log: Log;
  /** Who asks, by the session. */
  personOf: (request: Request) => Promise<Person | null>;
  now?: () => number;
}

export interface TokenHandlers {
  /** The token endpoint. */
  token: (request: Request) => Promise<Response>;
  /** What `tokenAuthUrl` points at, and where its page changes a code for a token. */
  redirect: (request: Request) => Promise<Response>;
}

export const signInPath = '/api/oidc/sign-in';

export function createTokenHandlers(options: TokenOptions): TokenHandlers {
  const { settings, signer, access, store, rateLimit, metrics, log, personOf, now = Date.now } = options;
  const { publicUrl, jitsiDomain, allowedOrigins, sessionSecret } = settings;

  /** What the rules say. No rule, no token. */
  const authorize: Authorize = async ({ room, tenant, request }) => {
    const person = await personOf(request);
    if (!person) return unauthorized(publicUrl + signInPath);
    const decision = decide(access.rules.list, person, { room, tenant });
    const { grant = null, rule = null } = decision ?? {};
    const result = grant ? 'granted' : 'refused';
    metrics.tokens.inc({ for: 'person', result });
    log.info({ event: 'token', result, person: person.id, room, tenant, rule: rule?.name ?? null });
    if (!grant) return forbidden();
    const { role, features, life, lobby } = grant;
    if (role === 'moderator') await store.hostCame({ room, tenant }, life);
    const { id, name, email, picture } = person;
    return {
      user: { id, name, ...(email !== undefined && { email }), ...(picture !== undefined && { avatar: picture }) },
      role,
      tenant,
      expiresIn: life,
      ...(features && { features }),
      ...(lobby && { lobby }),
    };
  };

  const onError = (error: unknown): void => log.error({ event: 'token-fault', ...faultOf(error) });
  const shared = { signer, authorize, rateLimit, onError };
  return {
    token: createTokenHandler({ ...shared, domains: [jitsiDomain], origin: publicUrl, allowedOrigins }),
    redirect: createTokenAuthRedirect({
      ...shared,
      domain: jitsiDomain,
      signInUrl: signInPath,
      codes: {
        secret: Buffer.from(keyFor(sessionSecret, `codes of ${jitsiDomain}`)).toString('hex'),
        now,
        firstUse: (id, expiresAt) => store.firstUse(`code:${id}`, expiresAt),
      },
    }),
  };
}
