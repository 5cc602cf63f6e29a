import { Hono } from 'hono';
import * as client from 'openid-client';
import { forbidden, TokenRefusal } from '../../src/server/index.js';
import type { Group, Person } from './people.js';
import { createSessions, type Sessions } from './session.js';
import { returnToOf } from './sign-in.js';

export interface OidcSettings {
  /** Address of the provider, `https://id.example.org/realms/main`. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The demo's own address as the provider knows it, for `redirect_uri`: `https://app.example.org`. */
  origin: string;
  /** Claim that lists the person's groups; default: groups. */
  groupsClaim: string;
}

/** What has to be the same before and after the provider's page. */
interface Attempt {
  state: string;
  nonce: string;
  verifier: string;
  returnTo: string;
}

/**
 * Sign-in through an OpenID Connect provider: authorization code, PKCE, state and nonce (openid-client checks them).
 */
export function oidcRoutes(
  settings: OidcSettings,
  sessions: Sessions<Person>,
  secret: Uint8Array,
  now: () => number,
): Hono {
  const attempts = createSessions<Attempt>(secret, { name: 'oidc-attempt', life: 600, now });
  const redirectUri = `${settings.origin}/api/oidc/callback`;
  let provider: Promise<client.Configuration> | undefined;

  /** Fetched at the first sign-in, and again if that failed, so that the demo starts even without its provider. */
  function discover(): Promise<client.Configuration> {
    const insecure = new URL(settings.issuer).hostname === 'localhost' ? [client.allowInsecureRequests] : [];
    provider ??= client
      .discovery(new URL(settings.issuer), settings.clientId, settings.clientSecret, undefined, { execute: insecure })
      .catch((error: unknown) => {
        provider = undefined;
        throw error;
      });
    return provider;
  }

  const app = new Hono();
  app.get('/sign-in', async (context) => {
    const verifier = client.randomPKCECodeVerifier();
    const attempt = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier,
      returnTo: returnToOf(context),
    };
    const configuration = await discover().catch(() => null);
    if (!configuration) return new TokenRefusal(503, 'The identity provider can’t be reached.').toResponse();
    const address = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid profile email groups',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    await attempts.start(context, attempt);
    return context.redirect(address.href);
  });

  app.get('/callback', async (context) => {
    const attempt = await attempts.read(context);
    attempts.end(context);
    if (!attempt) return forbidden('This sign-in was not started here, or took too long. Try again.').toResponse();
    const { search } = new URL(context.req.url);
    let person: Person;
    try {
      const tokens = await client.authorizationCodeGrant(await discover(), new URL(redirectUri + search), {
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      // Strict providers have the profile only there.
      const userInfo = await client.fetchUserInfo(await discover(), tokens.access_token, claims.sub);
      person = personFrom({ ...claims, ...userInfo }, settings.groupsClaim);
    } catch {
      return forbidden('The identity provider did not confirm this sign-in. Try again.').toResponse();
    }
    await sessions.start(context, person);
    return context.redirect(attempt.returnTo);
  });
  return app;
}

/** A person whom the provider knows, but who is in no group of the demo, is a guest. */
function personFrom(claims: client.UserInfoResponse, groupsClaim: string): Person {
  const named = claims[groupsClaim];
  const groups = (Array.isArray(named) ? named : []).filter(
    (group): group is Group => group === 'moderators' || group === 'members',
  );
  const name = typeof claims['name'] === 'string' ? claims['name'] : claims.sub;
  const email = typeof claims['email'] === 'string' ? { email: claims['email'] } : {};
  return { id: claims.sub, name, ...email, groups: groups.length > 0 ? groups : ['guests'] };
}
