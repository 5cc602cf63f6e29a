// The tokens that are tried: a valid one, and one for each mistake.
import { base64url, type JWTPayload } from 'jose';
import { keyFor } from '../server/key-ring.js';
import { prepareKey } from '../server/keys.js';
import { createTokenSigner, type TokenSignerOptions } from '../server/index.js';
import type { DoctorOptions, Trial, TrialName } from './types.js';

/** How each is called in a sentence: "A valid token gets in." */
export const trialWords: Record<TrialName, string> = {
  valid: 'a valid token',
  none: 'no token',
  expired: 'an expired token',
  'not-yet-valid': 'a token that is not valid yet',
  'other-secret': 'a token signed with another key',
  'other-issuer': 'a token of another issuer (iss)',
  'other-audience': 'a token for another audience (aud)',
  'other-room': 'a token for another room',
  'other-tenant': 'a token for another tenant (sub)',
  'user-in-sub': 'a token with the user’s id in sub',
  'no-typ': 'a token without typ in its header',
  'alg-none': 'a token without signature (alg: none)',
};

interface Change {
  claims?: JWTPayload;
  header?: Record<string, unknown>;
  signature?: 'other' | 'none';
}

/** All that is tried. Throws `config-invalid` where the settings can't sign. */
export async function trialsFor({ tokens, room, tenant }: DoctorOptions, now: number): Promise<Trial[]> {
  return 'token' in tokens ? changesOf(tokens.token) : signedTrials(tokens.signing, room, tenant, now);
}

/** Of a token that others sign, nothing can be changed but what breaks its signature. */
function changesOf(token: string): Trial[] {
  const [head = '', body = '', signature = ''] = token.split('.');
  const bytes = base64url.decode(signature);
  const other = base64url.encode(bytes.map((byte) => byte ^ 0xff));
  const unsigned = base64url.encode(JSON.stringify({ ...JSON.parse(text(head)), alg: 'none' }));
  return [
    { name: 'valid', token },
    { name: 'none', token: null },
    { name: 'other-secret', token: `${head}.${body}.${other}` },
    { name: 'alg-none', token: `${unsigned}.${body}.` },
  ];
}

async function signedTrials(
  signing: TokenSignerOptions,
  room: string,
  tenant: string | null,
  now: number,
): Promise<Trial[]> {
  const user = { id: 'doctor', name: 'Doctor' };
  const { token: valid, claims } = await createTokenSigner(signing).sign({ room, tenant, user, expiresIn: 600 });
  const key = await prepareKey(keyFor(signing));
  const ownHeader = JSON.parse(text(key.encodedHeader)) as Record<string, unknown>;

  async function changed({ claims: more, header = {}, signature }: Change): Promise<string> {
    const parts = [
      { ...ownHeader, ...header },
      { ...claims, ...more },
    ];
    const input = parts.map((part) => base64url.encode(JSON.stringify(part))).join('.');
    if (signature === 'none') return `${input}.`;
    // A signature of something else is what another key would have made.
    return `${input}.${base64url.encode(await key.sign(signature === 'other' ? `${input}.` : input))}`;
  }

  const seconds = Math.floor(now / 1000);
  const changes: Partial<Record<TrialName, Change>> = {
    expired: { claims: { iat: seconds - 7200, nbf: seconds - 7200, exp: seconds - 3600 } },
    'not-yet-valid': { claims: { nbf: seconds + 3600, exp: seconds + 7200 } },
    'other-secret': { signature: 'other' },
    'other-issuer': { claims: { iss: 'doctor-other-issuer' } },
    'other-audience': { claims: { aud: 'doctor-other-audience' } },
    'other-room': { claims: { room: `${String(claims['room'])}-other` } },
    'other-tenant': { claims: { sub: 'doctor-other-tenant' } },
    'user-in-sub': { claims: { sub: 'user-4711' } },
    'no-typ': { header: { typ: undefined } },
    'alg-none': { header: { alg: 'none' }, signature: 'none' },
  };
  const faulty = Object.entries(changes).map(async ([name, change]) => ({
    name: name as TrialName,
    token: await changed(change),
  }));
  return [{ name: 'valid', token: valid }, { name: 'none', token: null }, ...(await Promise.all(faulty))];
}

const text = (part: string): string => new TextDecoder().decode(base64url.decode(part));
