import { base64url, type JWTPayload } from 'jose';
import { JitsiMeetingError } from '../errors.js';
import { grantClaims, type FeatureRights, type GrantedRole, type MeetingGrant } from './grant.js';
import { checkSigning, keyFor, type ReadonlyKeyRing } from './key-ring.js';
import { type PreparedKey, prepareKey, type SigningKey } from './keys.js';

/** How tokens of one deployment are signed: what Prosody is configured with, from the signing side. */
export type TokenSignerOptions = (SigningKey | { /** Several keys, one of them active. */ keys: ReadonlyKeyRing }) & {
  /** Prosody's `app_id`: the claim `iss`, unless `issuer` says otherwise. */
  appId: string;
  /** The XMPP domain: the claim `sub` of a meeting without tenant. docker-jitsi-meet's is `meet.jitsi` by default. */
  domain: string;
  /** One of `asap_accepted_issuers`; default: the app id. */
  issuer?: string;
  /** One of `asap_accepted_audiences`; default: jitsi. */
  audience?: string;
  /** The only tenant there is, as with JaaS. */
  tenant?: string;
  /** Rights of a grant that names none. Left out, such a token holds no `features` at all. */
  defaultFeatures?: (role: GrantedRole) => FeatureRights;
  /** Life of a token in seconds, where the grant names none; default an hour. */
  expiresIn?: number;
  /** Longest life that is signed, in seconds; default a day. */
  maxExpiresIn?: number;
  /** Seconds that `nbf` lies back, for servers whose clock is behind; default 30. */
  clockSkew?: number;
  /** Milliseconds since 1970; default `Date.now`. */
  now?: () => number;
};

export interface SignedToken {
  token: string;
  /** Seconds from now. */
  expiresIn: number;
  claims: JWTPayload;
}

export interface TokenSigner {
  /** Signs what the grant says. Throws `config-invalid` where it can't be said in a token. */
  sign(grant: MeetingGrant): Promise<SignedToken>;
}

/** Prosody never answers a request whose head passes 10 KiB; the token is in it, percent-encoded. */
const longestToken = 9_000;

/**
 * Signs tokens for one deployment. Always `typ: JWT`, `sub` the tenant or the XMPP domain (never the user's id), `room`
 * as Jitsi spells it. Throws `config-invalid` at once for what is missing or unusable, as far as it can be told without
 * importing the key; at a `sign` for the rest.
 */
export function createTokenSigner(options: TokenSignerOptions): TokenSigner {
  const { appId, domain, issuer = appId, audience = 'jitsi', clockSkew = 30, now = Date.now } = options;
  const { expiresIn: defaultLife = 3600, maxExpiresIn = 86_400 } = options;
  if (!appId) throw invalid('appId is missing', 'Give the app_id of Prosody’s configuration (JWT_APP_ID).');
  if (!domain) throw invalid('domain is missing', 'Give the XMPP domain of the deployment, such as meet.example.org.');
  checkSigning(options);

  async function sign(grant: MeetingGrant): Promise<SignedToken> {
    const life = grant.expiresIn ?? defaultLife;
    if (!Number.isInteger(life) || life < 1 || life > maxExpiresIn) {
      throw invalid(
        `expiresIn is ${life}, expected whole seconds from 1 to ${maxExpiresIn}`,
        'Sign shorter lives and renew; where a longer one is really meant, raise maxExpiresIn.',
      );
    }
    if (options.tenant && grant.tenant && grant.tenant !== options.tenant) {
      throw invalid(`the tenant is not ${options.tenant}`, 'This signer signs for one tenant only.');
    }
    const tenant = grant.tenant || options.tenant;
    const issuedAt = Math.floor(now() / 1000);
    const features = grant.features ?? options.defaultFeatures?.(grant.role ?? 'participant');
    const claims: JWTPayload = {
      iss: issuer,
      aud: audience,
      sub: tenant || domain,
      iat: issuedAt,
      nbf: issuedAt - clockSkew,
      exp: issuedAt + life,
      ...grantClaims(features ? { ...grant, features } : grant),
    };
    const token = await compactJws(claims, await prepareKey(keyFor(options)));
    if (token.length > longestToken) {
      throw invalid(
        `the token has ${token.length} characters, at most ${longestToken} get an answer from Prosody`,
        'Shorten the user’s name, avatar address or group.',
      );
    }
    return { token, expiresIn: life, claims };
  }
  return { sign };
}

/**
 * RFC 7515 7.1. jose's SignJWT would check and copy what is made and checked above already, for longer than it takes to
 * sign with HMAC (`npm run bench -- server`).
 */
async function compactJws(claims: JWTPayload, { encodedHeader, sign }: PreparedKey): Promise<string> {
  const input = `${encodedHeader}.${base64url.encode(JSON.stringify(claims))}`;
  return `${input}.${base64url.encode(await sign(input))}`;
}

function invalid(message: string, hint: string): JitsiMeetingError {
  return new JitsiMeetingError('config-invalid', `Token signer: ${message}.`, { hint });
}
