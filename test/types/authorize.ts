// Compiled, never run: what the types must allow, and below each directive what they must refuse.
import {
  type Authorize,
  createTokenHandler,
  createTokenSigner,
  forbidden,
  type MeetingGrant,
  type RateLimit,
  type TokenHandlerOptions,
  type TokenUser,
  unauthorized,
} from '../../src/server/index.js';

const user = { id: 'ada', name: 'Ada', email: null };

export const right: Authorize[] = [
  () => ({ user }),
  () => ({ user, role: 'moderator' }),
  async ({ tenant }) => ({ user: { id: 7 }, tenant }),
  ({ room }) => (room === 'board' ? forbidden() : { role: 'visitor' }),
  async () => unauthorized('/sign-in'),
  () => {
    throw forbidden('Members only.');
  },
  () => ({ user, lobby: 'bypass', security: 'bypass', lobbyModerator: true, features: { recording: true } }),
  () => ({ user, room: { pattern: 'team%-%d+' } }),
];

export const wrong: Authorize[] = [
  // @ts-expect-error a no is forbidden()
  () => false,
  // @ts-expect-error nothing at all
  () => undefined,
  // @ts-expect-error nothing at all
  () => {},
  // @ts-expect-error nor in a while
  async () => null,
  // @ts-expect-error whom?
  () => true,
  // @ts-expect-error whom?
  () => 'ada',
  // @ts-expect-error a refusal is forbidden()
  () => new Response(null, { status: 403 }),
  // @ts-expect-error thrown or made by forbidden()
  () => new Error('no'),
  // @ts-expect-error grants nothing
  () => ({}),
  // @ts-expect-error grants nothing
  () => [],
  // @ts-expect-error a refusal is forbidden()
  () => ({ error: 'forbidden' }),
  // @ts-expect-error a refusal is forbidden()
  () => ({ allowed: false, user }),
  // @ts-expect-error it is role: 'moderator'
  () => ({ user, moderator: true }),
  // @ts-expect-error no such role
  () => ({ user, role: 'owner' }),
  // @ts-expect-error no such feature
  () => ({ user, features: { flying: true } }),
  // @ts-expect-error a word, as there are two lobby claims
  () => ({ user, lobby: true }),
  // @ts-expect-error every room is meant by true alone
  () => ({ user, room: { any: false } }),
  // @ts-expect-error a Lua pattern, not a regular expression
  () => ({ user, room: /team-\d+/ }),
  // @ts-expect-error one room
  () => ({ user, room: ['a', 'b'] }),
];

// @ts-expect-error a grant names its room
export const withoutRoom: MeetingGrant = { user };
// @ts-expect-error of the grant, not of the person
export const moderatingUser: TokenUser = { id: 'ada', moderator: true };
// @ts-expect-error it is avatar
export const userWithPicture: TokenUser = { id: 'ada', avatarUrl: 'https://example.org/a.png' };
// @ts-expect-error an id is a text or a number
export const objectAsId: TokenUser = { id: { value: 7 } };

export const limits: RateLimit[] = [
  () => ({ allowed: true }),
  async () => ({ allowed: false, retryAfter: 5 }),
  // @ts-expect-error whether it is allowed is said in an object
  () => true,
  // @ts-expect-error no answer does not grant anything
  () => undefined,
];

const signer = createTokenSigner({ appId: 'a', domain: 'd.example', secret: 's'.repeat(32), issuer: 'i' });
const options = { signer, authorize: () => ({ user }) };
export const handlers: TokenHandlerOptions[] = [
  { ...options, tenants: ['acme'], allowedOrigins: ['https://www.example.org'] },
  { ...options, tenants: (tenant) => tenant === 'acme' },
  { ...options, tenants: async (tenant, { domain }) => tenant === domain },
  // @ts-expect-error a list
  { ...options, tenants: 'acme' },
  // @ts-expect-error a list
  { ...options, allowedOrigins: 'https://www.example.org' },
  // @ts-expect-error a list
  { ...options, domains: 'meet.example.org' },
];
// @ts-expect-error it is domains
createTokenHandler({ ...options, domain: 'meet.example.org' });
// @ts-expect-error it is secret
createTokenSigner({ appId: 'a', domain: 'd.example', secretKey: 's'.repeat(32) });
