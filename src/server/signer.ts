import { base64url, type JWTPayload } from 'jose';
import type { JitsiMeetingError } from '../errors.js';
import { isAbsent } from '../plain.js';
import { kindOf } from '../kinds.js';
import { longestToken, normaliseTenant } from '../room/index.js';
import { checkedGrant, grantClaims, type FeatureRights, type GrantedRole, type MeetingGrant } from './grant.js';
import { checkSigning, keyFor, type ReadonlyKeyRing } from './key-ring.js';
import { type PreparedKey, prepareKey, type SigningKey } from './keys.js';
import { checkSignerOptions } from './signer-options.js';
import { tenantProblem } from './tenants.js';
import { invalidSigner } from './options-check.js';

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

/** A signed token, and what it says. */
export interface SignedToken {
  token: string;
  /** Seconds from now. */
  expiresIn: number;
  claims: JWTPayload;
  /**
   * What of the grant was left out, such as a picture without an address, and a token that is too long for nginx as Jitsi
   * sets it up. A handler tells its `onError`.
   */
  warnings?: readonly JitsiMeetingError[];
}

/** Signs tokens. */
export interface TokenSigner {
  /** The only tenant that it signs for. */
  readonly tenant?: string;
  /** Signs what the grant says. Throws `config-invalid` where it can't be said in a token. */
  sign(grant: MeetingGrant): Promise<SignedToken>;
}

/**
 * Signs tokens for one deployment. Always `typ: JWT`, `sub` the tenant or the XMPP domain (never the user's id), `room`
 * as Jitsi spells it. Throws `config-invalid` at once for what is missing or unusable, as far as it can be told without
 * importing the key; at a `sign` for the rest.
 */
export function createTokenSigner(options: TokenSignerOptions): TokenSigner {
  checkSignerOptions(options);
  const { appId, domain, issuer = appId, audience = 'jitsi', clockSkew = 30, now = Date.now } = options;
  const { expiresIn: defaultLife = 3600, maxExpiresIn = 86_400 } = options;
  checkSigning(options);
  const only = options.tenant === undefined ? undefined : normaliseTenant(options.tenant);

  function tenantOf(grant: MeetingGrant): string | undefined {
    if (isAbsent(grant.tenant)) return only;
    if (typeof grant.tenant !== 'string') {
      throw invalidSigner(`the tenant is ${kindOf(grant.tenant)}; expected a text`, 'Correct the grant.');
    }
    const tenant = normaliseTenant(grant.tenant);
    const problem = tenantProblem(tenant, domain);
    if (problem)
      throw invalidSigner(`the tenant ${problem}`, 'It is the first part of a meeting’s path. Leave it out for none.');
    if (only !== undefined && tenant !== only) {
      throw invalidSigner(`the tenant is not ${only}`, 'This signer signs for one tenant only.');
    }
    return tenant;
  }

  function lifeOf({ expiresIn }: MeetingGrant): number {
    const life = isAbsent(expiresIn) ? defaultLife : expiresIn;
    if (Number.isInteger(life) && life >= 1 && life <= maxExpiresIn) return life;
    throw invalidSigner(
      `expiresIn is ${typeof life === 'number' ? life : kindOf(life)}, expected whole seconds from 1 to ${maxExpiresIn}`,
      'Sign shorter lives and renew; where a longer one is really meant, raise maxExpiresIn.',
    );
  }

  async function sign(given: MeetingGrant): Promise<SignedToken> {
    const grant = checkedGrant(given);
    const tenant = tenantOf(grant);
    const life = lifeOf(grant);
    const features = grant.features ?? options.defaultFeatures?.(grant.role || 'participant');
    const { claims: granted, warnings } = grantClaims({
      ...grant,
      ...(features !== undefined && { features }),
      tenant: tenant ?? null,
    });
    const issuedAt = secondsOf(now());
    const claims: JWTPayload = {
      iss: issuer,
      aud: audience,
      sub: tenant ?? domain,
      iat: issuedAt,
      nbf: issuedAt - clockSkew,
      exp: issuedAt + life,
      ...granted,
    };
    const token = await compactJws(claims, await prepareKey(keyFor(options)));
    // Which rooms a pattern opens isn't known: the shortest name leaves the most for the token.
    const place = { room: typeof grant.room === 'string' ? grant.room : '-', tenant: tenant ?? null };
    const tooLong = sizeProblem(token.length, longestToken(place, 'none'), 'get an answer from Prosody');
    if (tooLong) throw tooLong;
    const long = sizeProblem(
      token.length,
      longestToken(place, 'nginx'),
      'pass nginx as Jitsi sets it up (the page would load, and never connect)',
    );
    if (long) warnings.push(long);
    return { token, expiresIn: life, claims, ...(warnings.length > 0 && { warnings }) };
  }
  return { sign, ...(only !== undefined && { tenant: only }) };
}

/** A clock that says nothing would sign a token without an end. */
function secondsOf(milliseconds: number): number {
  if (Number.isFinite(milliseconds) && milliseconds >= 0 && milliseconds <= 8.64e15)
    return Math.floor(milliseconds / 1000);
  throw invalidSigner('now() is not a time', 'It returns milliseconds since 1970, as Date.now() does.');
}

/** What a function gave for a signer, if it is one. Throws `config-invalid`. */
export function checkedSigner(given: unknown): TokenSigner {
  if (typeof given === 'object' && typeof (given as Partial<TokenSigner> | null)?.sign === 'function') {
    return given as TokenSigner;
  }
  throw invalidSigner(
    `there is none: ${kindOf(given)} was given`,
    'Give what createTokenSigner made, or an object with sign(grant).',
  );
}

/**
 * RFC 7515 7.1. jose's SignJWT would check and copy what is made and checked above already, for longer than it takes to
 * sign with HMAC (`npm run bench -- server`).
 */
async function compactJws(claims: JWTPayload, { encodedHeader, sign }: PreparedKey): Promise<string> {
  const input = `${encodedHeader}.${base64url.encode(JSON.stringify(claims))}`;
  return `${input}.${base64url.encode(await sign(input))}`;
}

/** The token is part of the address of the XMPP connection. */
function sizeProblem(length: number, limit: number, what: string): JitsiMeetingError | undefined {
  if (length <= limit) return undefined;
  return invalidSigner(
    `the token has ${length} characters, at most ${limit} ${what}`,
    'Shorten the user’s name, avatar address or group.',
  );
}
