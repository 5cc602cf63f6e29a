import { Hono } from 'hono';
import { isOwnPath } from 'jitsi-meeting-element/server';
import * as client from 'openid-client';
import { faultOf, type Log } from './log.js';
import type { Metrics } from './metrics.js';
import { type Person, personFrom } from './person.js';
import { away, problem } from './problem.js';
import { createSessions, type Sessions, SessionTooLarge } from './session.js';
import { isLoopback, type Settings } from './settings.js';
import { type Store } from './store/store.js';

/** What has to be the same before and after the provider's page. */
interface Attempt {
  state: string;
  nonce: string;
  verifier: string;
  returnTo: string;
}

export interface OidcOptions {
  settings: Pick<Settings, 'oidc' | 'publicUrl' | 'sessionSecret'>;
  sessions: Pick<Sessions<Person>, 'start' | 'end'>;
  store: Store;
  metrics: { signIns: Pick<Metrics['signIns'], 'inc'> };
  log: Log;
  claimNames: () => readonly string[];
  provider: Provider;
  now?: () => number;
}

/** The identity provider, which is asked what it can do when it is first needed, and again if that failed. */
export interface Provider {
  configuration(): Promise<client.Configuration>;
}

const attemptLife = 600;

export function createProvider({ oidc }: Pick<Settings, 'oidc'>): Provider {
  let found: Promise<client.Configuration> | undefined;
  return {
    configuration() {
      const issuer = new URL(oidc.issuer);
      const execute = isLoopback(issuer.hostname) ? [client.allowInsecureRequests] : [];
      found ??= client
        .discovery(issuer, oidc.clientId, oidc.clientSecret, undefined, { execute, timeout: 10 })
        .catch((error: unknown) => {
          found = undefined;
          throw error;
        });
      return found;
    },
  };
}

/** Sign-in by authorization code, PKCE, state and nonce (openid-client checks them): `/sign-in` and `/callback`. */
export function oidcRoutes(options: OidcOptions): Hono {
  const { settings, sessions, store, metrics, log, claimNames, provider, now = Date.now } = options;
  const { oidc, publicUrl, sessionSecret: secret } = settings;
  const redirectUri = `${publicUrl}/api/oidc/callback`;
  const attempts = createSessions<Attempt>({
    secret,
    name: 'sign-in',
    purpose: oidc.issuer,
    life: attemptLife,
    store,
    now,
  });

  const app = new Hono();
  app.get('/sign-in', async (context) => {
    const returnTo = context.req.query('returnTo') ?? '/';
    if (returnTo.length > 2000) return problem(400, 'The address to return to is too long.');
    const attempt: Attempt = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      returnTo: isOwnPath(returnTo) ? returnTo : '/',
    };
    let configuration;
    try {
      configuration = await provider.configuration();
    } catch (error) {
      log.error({ event: 'provider-away', ...faultOf(error) });
      return problem(503, 'The identity provider can’t be reached right now. Try again in a moment.', 5);
    }
    const address = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: oidc.scopes,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    });
    await attempts.start(context, attempt);
    return context.redirect(address.href);
  });

  app.get('/callback', async (context) => {
    const attempt = await attempts.read(context);
    await attempts.end(context);
    const refused = (why: string, detail: string): Response => {
      metrics.signIns.inc({ result: why });
      return problem(403, detail);
    };
    if (!attempt) return refused('strange', 'This sign-in was not started here, or took too long. Try again.');
    // A second process may not know yet that this attempt is over.
    if (!(await store.firstUse(`sign-in:${attempt.state}`, now() / 1000 + attemptLife))) {
      return refused('replayed', 'This sign-in was used before. Try again.');
    }
    let person: Person;
    try {
      person = await askProvider(attempt, new URL(context.req.url).search);
    } catch (error) {
      log.warn({ event: 'sign-in-refused', ...faultOf(error) });
      return refused('unconfirmed', 'The identity provider did not confirm this sign-in. Try again.');
    }
    // Another person may have been signed in here before.
    await sessions.end(context);
    try {
      await sessions.start(context, person);
    } catch (error) {
      if (!(error instanceof SessionTooLarge)) throw error;
      log.error({ event: 'session-too-large', person: person.id, groups: person.groups.length });
      return refused(
        'too-large',
        'You are in more groups than fit into a session. Ask the people who run this server.',
      );
    }
    metrics.signIns.inc({ result: 'ok' });
    log.info({ event: 'sign-in', person: person.id });
    return context.redirect(attempt.returnTo);
  });

  async function askProvider({ state, nonce, verifier }: Attempt, search: string): Promise<Person> {
    const configuration = await provider.configuration();
    const tokens = await client.authorizationCodeGrant(configuration, new URL(redirectUri + search), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims()!;
    // Strict providers have the profile only there.
    const userInfo = configuration.serverMetadata().userinfo_endpoint
      ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
      : {};
    const { groupsClaim, trustEmail } = oidc;
    return personFrom({ ...claims, ...userInfo }, { groupsClaim, trustEmail, claimNames: claimNames() });
  }

  app.onError((error) => {
    if (error.name === 'StoreAway') return away();
    throw error;
  });
  return app;
}
