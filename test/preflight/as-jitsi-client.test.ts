import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { featureNames } from '../../src/claims/index.js';
import { preflight, type Finding } from '../../src/preflight/index.js';
import { jitsiExports } from '../support/jitsi-source.js';
import { stat } from '../support/stats.js';

const RUNS = 5000;
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = Math.floor(Date.now() / 1000);

const oddValue = fc.constantFrom<unknown>(null, true, false, 0, '', 'text', [], {}, 17.5);
const time = fc.oneof(
  fc.integer({ min: -90_000, max: 90_000 }).map((ahead) => now + (Math.abs(ahead) < 60 ? 60 : ahead)),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom<unknown>(undefined, String(now + 60), (now + 60) * 1000, now + 1000.25, now + 1000.00001, 1e300),
  oddValue,
);
const features = fc.oneof(
  fc.dictionary(
    fc.oneof(fc.constantFrom(...featureNames), fc.string({ maxLength: 5 })),
    fc.constantFrom<unknown>(true, false, 'true', 'false', 'yes', 1, null),
    { maxKeys: 4 },
  ),
  fc.constantFrom<unknown>(undefined, ['recording'], 'recording', []),
  oddValue,
);
const appId = 'vpaas-magic-cookie-1a2b';
const generated = fc.record(
  {
    header: fc.record({
      typ: fc.constant('JWT'),
      alg: fc.constant('RS256'),
      kid: fc.constantFrom(undefined, '', `${appId}/key`, `${appId}`, 'other/key', '/'),
    }),
    claims: fc.record({
      sub: fc.constantFrom(undefined, null, 'meet.example.com', appId, 'vpaas-magic-cookie'),
      iss: fc.constantFrom<unknown>(undefined, 'chat', 'app', null),
      aud: fc.constantFrom<unknown>(undefined, 'jitsi', ['jitsi'], null),
      exp: time,
      nbf: time,
      context: fc.oneof(fc.record({ features }), fc.record({ user: oddValue }), oddValue, fc.constant(undefined)),
    }),
  },
  { noNullPrototype: true },
);

/** Whether a number of seconds is a time to the millisecond; of others the client says no more than that. */
const whole = (seconds: unknown) =>
  typeof seconds === 'number' && seconds * 1000 === new Date(seconds * 1000).getTime();

/** What the client says where we say this; `undefined`: nothing. */
function clientKey({ code, claim }: Finding, claims: { exp?: unknown; nbf?: unknown }): string | undefined {
  if (code === 'time-odd') return `${claim}Invalid`;
  if (code === 'exp-missing' || code === 'exp-not-number') return 'expInvalid';
  if (code === 'nbf-not-number') return claims.nbf ? 'nbfInvalid' : undefined;
  if (code === 'token-expired') return whole(claims.exp) ? 'tokenExpired' : undefined;
  if (code === 'token-not-yet-valid' || code === 'nbf-milliseconds') return whole(claims.nbf) ? 'nbfFuture' : undefined;
  return {
    'context-missing': 'contextNotFound',
    'feature-unknown': 'featureInvalid',
    'features-not-object': 'featureInvalid',
    'feature-value': 'featureValueInvalid',
    'jaas-kid-missing': 'kidNotFound',
    'jaas-kid-other': 'kidMismatch',
    'jaas-aud-other': 'audInvalid',
    'jaas-iss-other': 'issInvalid',
    'jaas-features-missing': 'featuresNotFound',
  }[code as string];
}

describe("what Jitsi's client shows as wrong with a token", () => {
  let validateJwt: (jwt: string) => { key: string }[];
  beforeAll(async () => {
    const kept = /base\/jwt\/functions$|^\.\/constants$|^jwt-decode$|^\.\/lib\/|^\.\/(base64|atob)/;
    ({ validateJwt } = await jitsiExports<{ validateJwt: typeof validateJwt }>(
      "export { validateJwt } from 'JITSI/react/features/base/jwt/functions'",
      kept,
    ));
  });

  it(`is among the findings, and nothing else that only it shows (${RUNS} tokens)`, async () => {
    const shown: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(generated, async ({ header, claims }) => {
        const token = `${part(header)}.${part(claims)}.c2ln`;
        const theirs = new Set(validateJwt(token).map(({ key }) => key));
        const { findings } = await preflight(token, {}, { room: 'room', now: new Date() });
        const keys = findings.map((finding) => clientKey(finding, claims)).filter((key) => key !== undefined);
        // Without a kid the client looks no further.
        const ours = new Set(keys.includes('kidNotFound') ? ['kidNotFound'] : keys);
        for (const key of theirs) shown[key] = (shown[key] ?? 0) + 1;
        expect([...ours].sort()).toEqual([...theirs].sort());
      }),
      { numRuns: RUNS },
    );
    // Each of the client's complaints but the two about an unreadable token came up.
    expect(Object.keys(shown)).toHaveLength(12);
    stat(`validateJwt: ${RUNS} tokens agree; it complained of`, shown);
  });
});
