import { readFileSync } from 'node:fs';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { judgeConnecting, judgeJoining, type StandinPolicy } from '../../demo/standin/judge.js';
import { type Deployment, preflight } from '../../src/preflight/index.js';
import {
  createTokenSigner,
  featureNames,
  type FeatureRights,
  type GrantedRole,
  type MeetingGrant,
  type SigningKey,
  type TokenSigner,
} from '../../src/server/index.js';

const secret = 'a1B2c3D4e5F6g7H8i9J0-secret-of-combinations';
const now = Date.UTC(2026, 10, 24);
const xmppDomain = 'meet.example.com';

const roles: GrantedRole[] = ['moderator', 'participant', 'visitor'];
const featureSets: (FeatureRights | undefined)[] = [
  undefined,
  {},
  { recording: true, livestreaming: false, transcription: true },
  Object.fromEntries(featureNames.map((name, index) => [name, index % 2 === 0])),
];
const tenants = [undefined, 'acme', 'my_tenant', 'Tenant-1'];
/** As somebody writes it for the token, and as it is in the meeting's address. */
const rooms: [string, string][] = [
  ['daily', 'daily'],
  ['Daily', 'dAILY'],
  ['My Room', 'my%20room'],
  ['my%20room', 'My Room'],
  ['Größe', 'gr%C3%B6%C3%9Fe'],
  ['Cafe\u0301', 'Café'],
  ['Ｒｏｏｍ１', 'room1'],
  ['party🎉', 'Party🎉'],
  ['a&b+c@d', 'a&b+c@d'],
  ['50%', '50%'],
  ['[x]-~!_.', '[x]-~!_.'],
];
const algorithms = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512'] as const;

interface Side {
  signer: TokenSigner;
  deployment: Deployment;
  policy: StandinPolicy;
}
const sides = new Map<string, Side>();
const signingKeys = new Map<string, CryptoKey | Uint8Array>();

beforeAll(async () => {
  for (const algorithm of algorithms) {
    let key: SigningKey;
    let deploymentKeys: Pick<Deployment, 'keys'>;
    let policyKeys: Pick<StandinPolicy, 'appSecret' | 'publicKeys'>;
    if (algorithm.startsWith('HS')) {
      key = { secret, algorithm: algorithm as 'HS256' };
      deploymentKeys = { keys: { secret } };
      policyKeys = { appSecret: secret };
      signingKeys.set(algorithm, new TextEncoder().encode(secret));
    } else {
      const pair = await generateKeyPair(algorithm, { extractable: true });
      const publicKeys = { 'key/1': await exportSPKI(pair.publicKey) };
      key = { privateKey: await exportJWK(pair.privateKey), kid: 'key/1', algorithm: algorithm as 'RS256' };
      deploymentKeys = { keys: { publicKeys } };
      policyKeys = { publicKeys };
      signingKeys.set(algorithm, pair.privateKey);
    }
    const common = { appId: 'my_app', acceptedAudiences: ['jitsi'], domainVerification: true, algorithm, xmppDomain };
    sides.set(algorithm, {
      signer: createTokenSigner({ ...key, appId: 'my_app', domain: xmppDomain, now: () => now }),
      deployment: { ...common, ...deploymentKeys },
      policy: { ...common, ...policyKeys },
    });
  }
});

interface Answers {
  preflight: string;
  standin: string;
}

async function answersTo(token: string, side: Side, room: string, tenant: string | undefined): Promise<Answers> {
  const at = new Date(now);
  const { connect, join } = await preflight(token, side.deployment, { room, tenant: tenant ?? null, now: at });
  const connecting = await judgeConnecting(token, side.policy, at);
  let standin: string = connecting.answer;
  if (connecting.answer === 'accepted') {
    standin = judgeJoining(connecting.claims, { room: decodeURI(room), tenant: tenant ?? null }, side.policy).answer;
  }
  return { preflight: `${connect}/${String(join)}`, standin };
}

const accepted: Answers = { preflight: 'accepted/accepted', standin: 'accepted' };

describe('every combination of options', () => {
  it.each(algorithms)(
    'is accepted by preflight and by the stand-in: %s',
    async (algorithm) => {
      const side = sides.get(algorithm)!;
      let count = 0;
      for (const role of roles)
        for (const features of featureSets)
          for (const tenant of tenants)
            for (const [room, address] of rooms) {
              const user = {
                id: 'u-1',
                name: 'Ada Löve',
                email: 'ada@example.com',
                avatar: 'https://example.com/a.png',
              };
              const grant: MeetingGrant = {
                room,
                role,
                user,
                group: 'g',
                ...(features && { features }),
                ...(tenant && { tenant }),
              };
              const { token } = await side.signer.sign(grant);
              const answers = await answersTo(token, side, safeAddress(address), tenant);
              expect(answers, JSON.stringify(grant)).toEqual(accepted);
              count += 1;
            }
      expect(count).toBe(528);
    },
    120_000,
  );

  it('is one of the shapes that a real server was seen to accept', async () => {
    interface Recorded {
      cases: { payload: unknown; verdict: { accepted: boolean } }[];
    }
    const file = new URL('../data/prosody-verdicts/verdicts.json', import.meta.url);
    const { cases } = JSON.parse(readFileSync(file, 'utf8')) as Recorded;
    const seen = new Set(cases.filter(({ verdict }) => verdict.accepted).flatMap(({ payload }) => shapeOf(payload)));
    for (const role of roles)
      for (const features of featureSets.slice(0, 3)) {
        const user = { id: 'u', name: 'Ada', email: 'a@example.com', avatar: 'https://example.com/a.png' };
        const grant: MeetingGrant = { room: 'daily', role, user, group: 'g', ...(features && { features }) };
        const { claims } = await sides.get('HS256')!.signer.sign(grant);
        // The recording asked for no visitors: they have servers of their own.
        expect(shapeOf(claims).filter((path) => !seen.has(path))).toEqual(
          role === 'visitor' ? ['context.user.role:string'] : [],
        );
      }
  });
});

/** `decodeURI` leaves what would change the name (`%2F`); a lone `%` has to be written out. */
function safeAddress(address: string): string {
  return address === '50%' ? '50%25' : address;
}

function shapeOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}:${typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) => shapeOf(inner, path ? `${path}.${key}` : key));
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token that was changed', () => {
  const grant: MeetingGrant = {
    room: 'daily',
    role: 'moderator',
    user: { id: 'u', name: 'Ada' },
    features: { recording: true },
  };

  it.each(algorithms)(
    'is refused without a new signature, whichever claim or header field it was: %s',
    async (algorithm) => {
      const side = sides.get(algorithm)!;
      const { token, claims } = await side.signer.sign(grant);
      const [head, , signature] = token.split('.') as [string, string, string];
      const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, unknown>;
      const context = claims['context'] as Record<string, object>;
      const changes = [
        ...Object.keys(claims).flatMap((name) => [
          { header, claims: { ...claims, [name]: undefined } },
          { header, claims: { ...claims, [name]: 'other' } },
        ]),
        { header, claims: { ...claims, exp: claims.exp! + 1 } },
        { header, claims: { ...claims, more: true } },
        ...Object.keys(context).map((name) => ({ header, claims: { ...claims, context: { ...context, [name]: {} } } })),
        ...Object.keys(header).map((name) => ({ header: { ...header, [name]: undefined }, claims })),
        { header: { ...header, alg: 'none' }, claims },
        { header: { ...header, kid: '../../etc/passwd' }, claims },
        { header: { ...header, kid: "x' OR '1'='1" }, claims },
        { header: { ...header, jwk: { kty: 'oct', k: 'AAAA' } }, claims },
      ];
      for (const change of changes) {
        const changed = `${base64url(change.header)}.${base64url(change.claims)}.${signature}`;
        const answers = await answersTo(changed, side, 'daily', undefined);
        expect(answers.preflight, JSON.stringify(change)).toMatch(/rejected/);
        expect(answers.standin, JSON.stringify(change)).not.toBe('accepted');
      }
    },
  );

  it('is refused even with a new signature, where the claim is one that the server looks at', async () => {
    const side = sides.get('HS256')!;
    const { claims } = await side.signer.sign(grant);
    for (const change of [
      { iss: 'other' },
      { iss: undefined },
      { aud: 'other' },
      { aud: undefined },
      { sub: 'user-1' },
      { sub: undefined },
      { room: 'other' },
      { room: undefined },
      { exp: now / 1000 },
      { exp: String(claims.exp) },
      { nbf: now / 1000 + 1 },
    ]) {
      const changed = await new SignJWT({ ...claims, ...change } as never)
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .sign(signingKeys.get('HS256')!);
      const answers = await answersTo(changed, side, 'daily', undefined);
      expect(answers.preflight, JSON.stringify(change)).toMatch(/rejected/);
      expect(answers.standin, JSON.stringify(change)).not.toBe('accepted');
    }
  });

  it('is refused where it was signed with what everybody may know: nothing, or the public key', async () => {
    const side = sides.get('RS256')!;
    const { claims } = await side.signer.sign(grant);
    const { publicKeys } = side.deployment.keys as { publicKeys: Record<string, string> };
    const pem = publicKeys['key/1']!;
    const forged = await Promise.all(
      [
        { alg: 'HS256', typ: 'JWT', kid: 'key/1' },
        { alg: 'HS256', typ: 'JWT' },
      ].map((header) => new SignJWT(claims).setProtectedHeader(header).sign(new TextEncoder().encode(pem))),
    );
    const relabelled = `${base64url({ alg: 'RS256', typ: 'JWT', kid: 'key/1' })}.${forged[0]!.split('.').slice(1).join('.')}`;
    const unsigned = ['none', 'None', 'NONE', ''].flatMap((alg) => {
      const body = `${base64url({ alg, typ: 'JWT', kid: 'key/1' })}.${base64url(claims)}`;
      return [`${body}.`, body, `${body}.AAAA`];
    });
    for (const token of [...forged, relabelled, ...unsigned]) {
      for (const against of [side, sides.get('HS256')!]) {
        const answers = await answersTo(token, against, 'daily', undefined);
        expect(answers.preflight).toMatch(/rejected/);
        expect(answers.standin).not.toBe('accepted');
      }
    }
  });

  it('is refused for any other room and any other tenant', async () => {
    const side = sides.get('RS256')!;
    const { token } = await side.signer.sign(grant);
    for (const [room, tenant] of [
      ['dail', undefined],
      ['daily2', undefined],
      ['board', undefined],
      ['daily', 'acme'],
    ] as const) {
      const answers = await answersTo(token, side, room, tenant);
      expect(answers.preflight).toBe('accepted/rejected');
      expect(answers.standin).not.toBe('accepted');
    }
  });

  it.each(['HS256', 'RS256'])('is refused whichever bit it was: %s', { timeout: 120_000 }, async (algorithm) => {
    const side = sides.get(algorithm)!;
    const { token } = await side.signer.sign({ room: 'daily' });
    const parts = token.split('.').map((part) => Buffer.from(part, 'base64url'));
    for (const [index, part] of parts.entries())
      for (let bit = 0; bit < part.length * 8; bit += 1) {
        const flipped = Buffer.from(part);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        const changed = parts.map((other, at) => (at === index ? flipped : other).toString('base64url')).join('.');
        const answers = await answersTo(changed, side, 'daily', undefined);
        expect(answers.preflight, `part ${index}, bit ${bit}`).toMatch(/rejected/);
        expect(answers.standin, `part ${index}, bit ${bit}`).not.toBe('accepted');
      }
  });
});
