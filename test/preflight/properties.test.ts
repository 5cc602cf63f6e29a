import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preflight, type Deployment, type PreflightRequest } from '../../src/preflight/index.js';
import { unsignedToken } from '../support/jwt.js';

const NOW = new Date(1_800_000_000_000);
const odd = fc.constantFrom<unknown>(undefined, null, true, false, 'true', 'True', 0, 1, '', 'owner', 'OWNER', [], {});
const user = fc.oneof(
  odd,
  fc.record(
    { moderator: odd, affiliation: odd, role: odd, lobby: odd, lobby_bypass: odd, security_bypass: odd },
    { requiredKeys: [], noNullPrototype: true },
  ),
);
const plugin = fc.constantFrom(
  'token_affiliation',
  'token_affiliation_legacy',
  'muc_wait_for_host',
  'wait_for_host_disable_auto_owners',
  'muc_allowners',
  'token_owner_party',
  'token_no_wildcard',
  'token_lobby_bypass',
  'token_lobby_ondemand',
  'token_security_ondemand',
  'presence_identity',
);
const cases = fc.record({
  user,
  plugins: fc.uniqueArray(plugin, { maxLength: 5 }),
  release: fc.constantFrom('2026-07' as const, '2026-03' as const),
  guest: fc.boolean(),
  lobby: fc.boolean(),
  roomPassword: fc.constantFrom(null, 'sesame'),
  password: fc.constantFrom(null, 'sesame', 'x'),
  displayName: fc.constantFrom(null, 'Ada'),
  occupants: fc.nat(3),
});

function judge({
  user: person,
  plugins,
  release,
  guest,
  ...request
}: typeof cases extends fc.Arbitrary<infer T> ? T : never) {
  const claims = { iss: 'app', aud: 'x', sub: 'm.example', room: 'r', exp: 1_800_003_600, context: { user: person } };
  const deployment: Deployment = {
    release,
    plugins,
    acceptedIssuers: ['*'],
    xmppDomain: 'm.example',
    guestDomain: 'g.example',
    allowEmptyToken: true,
  };
  const to: PreflightRequest = { room: 'r', now: NOW, ...request, xmppDomain: guest ? 'g.example' : 'm.example' };
  return preflight(guest ? null : unsignedToken(claims, { alg: 'HS256', typ: 'JWT' }), deployment, to);
}

describe('any person at any room', () => {
  it('gets a role exactly when admitted, and is admitted exactly when nothing refuses', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const { join, role, lobby, findings } = await judge(one);
        const errors = findings.filter(({ severity, stage }) => severity === 'error' && stage === 'join');
        expect(role !== undefined).toBe(join === 'accepted');
        expect(lobby === 'none').toBe(join === 'accepted');
        expect(errors.length > 0).toBe(join === 'rejected');
        expect(JSON.stringify(findings)).not.toContain('sesame');
      }),
      { numRuns: 3000 },
    );
  });

  it('gets no more rights with a lobby or a password than without', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const [held, free] = [await judge(one), await judge({ ...one, lobby: false, roomPassword: null })];
        // The right password also passes a lobby that a plugin shuts, and that stays shut without.
        if (held.role === 'moderator' && free.join === 'accepted') expect(free.role).toBe('moderator');
      }),
      { numRuns: 3000 },
    );
  });
});
