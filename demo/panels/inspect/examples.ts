import { SignJWT, UnsecuredJWT } from 'jose';
import { normaliseRoom } from '../../../src/room/index.js';
import type { Fields } from './deployments.js';

interface Ingredients {
  claims: Record<string, unknown>;
  header: { alg: string; typ?: string };
  secret: string;
}

const hour = 3600;

/** Changes of a proper token, each of which makes one thing wrong. */
const changes: Record<string, (proper: Ingredients, now: number) => Partial<Ingredients>> = {
  'a proper one': () => ({}),
  'the widely copied recipe': ({ claims }) => ({ claims: { ...claims, sub: 'f3a9c1de-7b24-4c8a-9d57-2e6b8f0a1c33' } }),
  expired: ({ claims }, now) => ({ claims: { ...claims, iat: now - 2 * hour, exp: now - hour } }),
  'for another room': ({ claims }) => ({ claims: { ...claims, room: 'another-room' } }),
  'no typ in the header': () => ({ header: { alg: 'HS256' } }),
  'exp as text': ({ claims }, now) => ({ claims: { ...claims, exp: String(now + hour) } }),
  'exp in milliseconds': ({ claims }, now) => ({ claims: { ...claims, exp: (now + hour) * 1000 } }),
  'another secret': () => ({ secret: randomSecret() }),
  unsigned: () => ({ header: { alg: 'none' } }),
};

export const exampleNames = Object.keys(changes);

/** A key of this page alone, new with each load. */
export const exampleSecret = randomSecret();

/** A token with one thing wrong, for the deployment and the room in the fields; `now` in ms. */
export function makeExample(name: string, { domain, appId, room, tenant }: Fields, now: number): Promise<string> {
  const seconds = Math.floor(now / 1000);
  const proper: Ingredients = {
    claims: {
      iss: appId,
      aud: 'jitsi',
      sub: tenant || domain,
      room: normaliseRoom(room),
      iat: seconds,
      exp: seconds + hour,
      context: { user: { id: 'ada', name: 'Ada Lovelace', email: 'ada@example.org', moderator: true } },
    },
    header: { alg: 'HS256', typ: 'JWT' },
    secret: exampleSecret,
  };
  const { claims, header, secret } = { ...proper, ...changes[name]?.(proper, seconds) };
  if (header.alg === 'none') return Promise.resolve(new UnsecuredJWT(claims).encode());
  return new SignJWT(claims).setProtectedHeader(header).sign(new TextEncoder().encode(secret));
}

function randomSecret(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
