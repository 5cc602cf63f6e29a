import {
  type CryptoKey,
  decodeJwt,
  decodeProtectedHeader,
  importSPKI,
  type JWTPayload,
  compactVerify,
  errors,
} from 'jose';

/**
 * How this deployment judges tokens, in the words of a Prosody configuration. Written on its own, never by importing
 * the package's preflight: two witnesses, not one.
 */
export interface StandinPolicy {
  /** The plugins whose rules count: those of July 2026 (default), or the older ones of March 2026. */
  release?: '2026-07' | '2026-03';
  appId: string;
  /** For HS256; a function where it changes, as it does with a restart. */
  appSecret?: string | (() => string);
  /** For RS256: kid -> PEM, as a key server (`asap_key_server`) has them, or answers when asked. */
  publicKeys?: Record<string, string> | ((kid: string) => Promise<string | undefined>);
  /** Default HS256 with a secret, else RS256. */
  algorithm?: string;
  /** Default: the app id. `*` takes any. */
  acceptedIssuers?: string[];
  /** Default: any, but there must be one. */
  acceptedAudiences?: string[];
  /** Default false. */
  allowEmptyToken?: boolean;
  /** `asap_require_room_claim`: false where an OpenID provider's own tokens are taken, which name no room. Default true. */
  requireRoomClaim?: boolean;
  /** `enable_domain_verification`: whether `sub` must name the domain or the tenant. Default true. */
  domainVerification?: boolean;
  xmppDomain: string;
  /** `anonymous`: no token is looked at. `broken`: the plugin for tokens didn't load. Default `token`. */
  authentication?: 'token' | 'anonymous' | 'broken';
  /** Whether the rooms have the plugin `token_verification`. Default true. */
  tokenVerification?: boolean;
  /** Whether Jicofo runs; without it nobody opens a room. Default true. */
  jicofo?: boolean;
  /**
   * Who becomes moderator: people whose claims ask for it (default), the first person in the room (as with Jicofo
   * alone), or every token holder (as on a stock self-hosted server).
   */
  moderators?: 'claims' | 'first' | 'everyone';
}

export interface MeetingAddress {
  /** As in the page's path, decoded. */
  room: string;
  tenant: string | null;
}

/** `silence`: a plugin of the real server raises an internal error, and the client waits for ever. */
export type Judgement<Accepted> =
  ({ answer: 'accepted' } & Accepted) | { answer: 'refused'; text: string } | { answer: 'silence' };

/** With a bare request for a short room's name; Prosody reads a request head of 10 KiB. */
const longestToken = 10_020;

const refused = (text: string) => ({ answer: 'refused', text }) as const;
const silence = { answer: 'silence' } as const;

/**
 * What the server says when a client connects with this token (null: none was sent).
 * `claims` is null when no token was sent and none is needed.
 */
export async function judgeConnecting(
  token: string | null,
  policy: StandinPolicy,
  now: Date,
): Promise<Judgement<{ claims: JWTPayload | null }>> {
  if (policy.authentication === 'anonymous') return { answer: 'accepted', claims: null };
  if (token === null) return policy.allowEmptyToken ? { answer: 'accepted', claims: null } : refused('token required');
  if (token.length > longestToken) return silence;

  const [header, body, signature, ...more] = token.split('.');
  if (!header || !body || !signature || more.length > 0) return refused('Invalid token');
  const { typ, alg, kid } = headerOf(token) ?? {};
  if (typ === undefined && alg === undefined) return refused('Invalid header');
  if (typ !== 'JWT') return refused('Invalid typ');
  const usesSecret = policy.appSecret !== undefined;
  const expectedAlg = policy.algorithm ?? (usesSecret ? 'HS256' : 'RS256');
  if (!usesSecret && kid === undefined) return refused("'kid' claim is missing");
  if (!usesSecret && alg === undefined) return refused("'alg' claim is missing");
  if (!usesSecret && !String(alg).startsWith('RS')) return refused("'kid' claim only support with RS family");
  if (alg !== expectedAlg) return refused('Invalid or incorrect alg');
  const key = await keyFor(kid, expectedAlg, policy);
  if (key === undefined) return refused('could not obtain public key');

  try {
    await compactVerify(token, key, { algorithms: [expectedAlg] });
  } catch (error) {
    if (error instanceof errors.JOSEError) return refused('Invalid signature');
    throw error;
  }
  const claims = claimsOf(token);
  if (claims === undefined) return refused('Invalid body');
  const complaint = complaintAboutTime(claims, now) ?? complaintAboutParties(claims, policy);
  if (complaint !== undefined) return refused(complaint);
  const lacksRoom = claims.room === undefined && policy.requireRoomClaim !== false;
  if (policy.release === '2026-03') return lacksRoom ? silence : { answer: 'accepted', claims };
  if (lacksRoom) return refused('room claim is missing');
  return claims.sub === undefined ? refused('sub claim is missing') : { answer: 'accepted', claims };
}

function headerOf(token: string): { typ?: unknown; alg?: unknown; kid?: string } | undefined {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return undefined;
  }
}

function claimsOf(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

async function keyFor(
  kid: string | undefined,
  algorithm: string,
  { appSecret, publicKeys }: StandinPolicy,
): Promise<CryptoKey | Uint8Array | undefined> {
  if (appSecret !== undefined) return new TextEncoder().encode(typeof appSecret === 'string' ? appSecret : appSecret());
  if (kid === undefined) return undefined;
  const pem = typeof publicKeys === 'function' ? await publicKeys(kid) : publicKeys?.[kid];
  return pem === undefined ? undefined : importSPKI(pem, algorithm);
}

function complaintAboutTime(claims: JWTPayload, now: Date): string | undefined {
  const seconds = Math.floor(now.getTime() / 1000);
  // To Lua, false is the same as nothing.
  const [exp, nbf, iat] = [claims.exp, claims.nbf, claims.iat].map((time: unknown) =>
    time === false ? undefined : time,
  );
  if (exp !== undefined && typeof exp !== 'number') return 'exp must be number';
  if (nbf !== undefined && typeof nbf !== 'number') return 'nbf must be number';
  if (exp !== undefined && seconds >= exp) {
    const validFor = typeof iat === 'number' ? `, valid for:${asFloat(exp - iat)} sec` : '';
    return `Not acceptable by exp (${asFloat(seconds - exp)} sec since expired${validFor})`;
  }
  return nbf !== undefined && seconds < nbf ? 'Not acceptable by nbf' : undefined;
}

/** As Lua writes a float. */
const asFloat = (seconds: number): string => (Number.isInteger(seconds) ? seconds.toFixed(1) : `${seconds}`);

function complaintAboutParties({ iss, aud }: JWTPayload, policy: StandinPolicy): string | undefined {
  const issuers = policy.acceptedIssuers ?? [policy.appId];
  if (iss === undefined) return "'iss' claim is missing";
  if (typeof iss !== 'string' || !(issuers.includes('*') || issuers.includes(iss))) return "invalid 'iss' claim";
  const audiences = policy.acceptedAudiences ?? ['*'];
  if (aud === undefined) return "'aud' claim is missing";
  if (audiences.includes('*')) return undefined;
  return typeof aud === 'string' && audiences.includes(aud) ? undefined : "invalid 'aud' claim";
}

/** What the server says when a connected client wants to enter this room. */
export function judgeJoining(
  claims: JWTPayload | null,
  { room, tenant }: MeetingAddress,
  policy: StandinPolicy,
): Judgement<object> {
  if (policy.tokenVerification === false) return { answer: 'accepted' };
  if (policy.authentication === 'anonymous') return refused('Room name cannot be matched to the one from token.');
  if (claims === null) return { answer: 'accepted' };
  if (claims.room === undefined && policy.requireRoomClaim === false) return { answer: 'accepted' };
  const claimed = asText(claims.room);
  if (claimed === undefined) return silence;
  const node = nodeOf(room);
  const roomMatches = claimed === '*' || claimed.toLowerCase() === node;
  // A tenant is a part of a domain there.
  if (tenant?.includes('.')) return refused('Communication with remote domains is not enabled');
  // Without domain verification the server's own notation of a room in a tenant does as well.
  if (policy.domainVerification === false)
    return roomMatches || (tenant !== null && claimed.toLowerCase() === `[${nodeOf(tenant)}]${node}`)
      ? { answer: 'accepted' }
      : refused('Room does not match the room from token');

  const sub = asText(claims.sub);
  if (sub === undefined) return silence;
  const byPattern = claimed !== '*' && roomIsPattern(claims);
  const malformed = byPattern && policy.release !== '2026-03' && isMalformedPattern(claimed);
  if (malformed) return refused('Room claim is not a valid Lua pattern');
  if (byPattern && !matchesWhole(node, claimed.toLowerCase()))
    return refused('Room name cannot be matched to the one from token.');
  const place = tenant === null ? policy.xmppDomain : nodeOf(tenant);
  const subMatches = sub === '*' || sub.toLowerCase() === place.toLowerCase();
  return (byPattern || roomMatches) && subMatches ? { answer: 'accepted' } : refused('Room and token mismatched');
}

/** Lua takes a number as a text; anything else raises an error in the plugin. */
function asText(claim: unknown): string | undefined {
  return typeof claim === 'string' || typeof claim === 'number' ? String(claim) : undefined;
}

function roomIsPattern({ context }: JWTPayload): boolean {
  const { regex } = (context as { room?: { regex?: unknown } } | undefined)?.room ?? {};
  return regex === true || regex === 'true';
}

/**
 * Prosody's are Lua patterns. Those that use only `.`, `*`, `+`, anchors and classes mean the same in both; others
 * count as no match here.
 */
function matchesWhole(node: string, pattern: string): boolean {
  if (/[\\|{}()?%-]/.test(pattern.replaceAll(/\[[^\]]*\]/g, ''))) return false;
  try {
    return new RegExp(`^(?:${pattern})$`).test(node);
  } catch {
    return false;
  }
}

/** Patterns that Lua refuses: a bracket or parenthesis without its other half, or a percent sign at the end. */
function isMalformedPattern(pattern: string): boolean {
  const plain = pattern.replaceAll(/%./gs, '');
  const withoutSets = plain.replaceAll(/\[\^?\]?[^\]]*\]/g, '');
  const count = (sign: string) => withoutSets.split(sign).length;
  return /[%[]/.test(withoutSets) || count('(') !== count(')');
}

/** How the server spells a room: percent-encoded, in lower case. */
export const nodeOf = (room: string): string => encodeURIComponent(room.normalize('NFKC').toLowerCase()).toLowerCase();

/** Whether the claims ask for the role of moderator, in one of the ways that plugins read. */
export function asksToModerate(claims: JWTPayload | null): boolean {
  const { context } = (claims ?? {}) as { context?: { user?: { moderator?: unknown; affiliation?: unknown } | null } };
  const { moderator, affiliation } = context?.user ?? {};
  return (
    moderator === true || moderator === 'true' || ['owner', 'moderator', 'teacher'].includes(affiliation as string)
  );
}
