import { createHash } from 'node:crypto';
import { type Arbitrary, array, assert, asyncProperty, constant, constantFrom, nat, oneof, record } from 'fast-check';
import { decodeProtectedHeader, exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify } from 'jose';
import { afterAll, describe, expect, it, vi } from 'vitest';
import {
  createKeyRing,
  createKeyServer,
  createTokenSigner,
  type KeyRing,
  type RingKey,
} from '../../src/server/index.js';

// New keys by the dozen: one pair serves for all of them, as what is tried here is which key does what, and when.
const made = await generateKeyPair('RS256', { extractable: true });
const makingKeys = vi.spyOn(crypto.subtle, 'generateKey').mockImplementation(async () => made as never);
afterAll(() => makingKeys.mockRestore());
const privateKey: JWK = await exportJWK(made.privateKey);

const start = 1_800_000_000;
const hour = 3600;
const day = 24 * hour;

function rig(keys: RingKey[] = [{ kid: 'A', privateKey, activeFrom: start - 1 }]) {
  const clock = { at: start };
  const ring = createKeyRing(keys, { now: () => clock.at * 1000 });
  const sets = (): { signs: string; published: string[] } => ({
    signs: ring.active().kid,
    published: ring.published().map(({ kid }) => kid),
  });
  return { clock, ring, sets };
}

/** What the ring comes to at each of the times at which anything may change, and right before and after. */
function eachMoment(ring: KeyRing, clock: { at: number }, check: () => void): void {
  const times = ring.keys.flatMap(({ activeFrom, acceptedUntil = activeFrom }) => [activeFrom, acceptedUntil]);
  const now = clock.at;
  const moments = [now, now + 10 * 365 * day, ...times.flatMap((time) => [time - 1, time, time + 1])];
  for (const moment of moments.filter((time) => time >= now)) {
    clock.at = moment;
    check();
  }
  clock.at = now;
}

describe('a key that is announced never takes over without being published', () => {
  it('when a sooner one comes after it, at once and without overlap', async () => {
    const { clock, ring, sets } = rig();
    await ring.rotate({ kid: 'B' });
    clock.at += 300;
    await ring.rotate({ kid: 'C', announce: 0, overlap: 0 });
    expect(sets()).toEqual({ signs: 'C', published: ['C'] });
    clock.at = start + 2.1 * hour;
    expect(sets()).toEqual({ signs: 'C', published: ['C'] });
    clock.at = start + 30 * day;
    expect(sets()).toEqual({ signs: 'C', published: ['C'] });
  });

  it('when a sooner one comes after it, announced', async () => {
    const { clock, ring, sets } = rig();
    await ring.rotate({ kid: 'B' });
    await ring.rotate({ kid: 'C', announce: 1800 });
    for (const [at, signs] of [
      [start, 'A'],
      [start + 1799, 'A'],
      [start + 1800, 'C'],
      [start + 2 * hour, 'C'],
      [start + 26 * hour, 'C'],
      [start + 40 * hour, 'C'],
    ] as const) {
      clock.at = at;
      expect(sets().signs, String(at - start)).toBe(signs);
      expect(sets().published).toContain(signs);
    }
  });

  it('when one for the same second comes after it: the later of the two signs', async () => {
    const { clock, ring, sets } = rig();
    await ring.rotate({ kid: 'B' });
    await ring.rotate({ kid: 'C' });
    expect(ring.keys.map(({ kid }) => kid)).toEqual(['A', 'B', 'C']);
    clock.at += 2 * hour;
    expect(sets()).toEqual({ signs: 'C', published: ['A', 'B', 'C'] });
  });

  it('when a later one comes after it: both sign, one after the other', async () => {
    const { clock, ring, sets } = rig();
    await ring.rotate({ kid: 'B', announce: hour, overlap: 0 });
    await ring.rotate({ kid: 'C', announce: 3 * hour, overlap: 0 });
    expect(sets().signs).toBe('A');
    clock.at = start + hour;
    expect(sets()).toEqual({ signs: 'B', published: ['B', 'C'] });
    clock.at = start + 3 * hour;
    expect(sets()).toEqual({ signs: 'C', published: ['C'] });
  });

  it('when the clock of the one who rotates was ahead', async () => {
    const { clock, ring, sets } = rig();
    clock.at += day;
    await ring.rotate({ kid: 'B', announce: 0, overlap: hour });
    clock.at -= day;
    await ring.rotate({ kid: 'C', announce: 0, overlap: hour });
    eachMoment(ring, clock, () => expect(sets()).toMatchObject({ signs: 'C' }));
  });

  it('when seven came within a minute, each sooner than the one before', async () => {
    const { clock, ring, sets } = rig();
    for (let count = 7; count > 0; count -= 1) {
      await ring.rotate({ kid: `K${count}`, announce: count * hour, overlap: 0 });
      clock.at += 5;
    }
    eachMoment(ring, clock, () => expect(sets().published).toContain(sets().signs));
    clock.at = start + 8 * hour;
    expect(sets()).toEqual({ signs: 'K1', published: ['K1'] });
  });
});

describe('the end of a key', () => {
  it('is never put off by a later rotation, and brought forward by a sooner one', async () => {
    const { clock, ring } = rig();
    await ring.rotate({ kid: 'B', announce: hour, overlap: hour });
    const end = (): number | undefined => ring.keys.find(({ kid }) => kid === 'A')?.acceptedUntil;
    expect(end()).toBe(start + 2 * hour);
    clock.at += 60;
    await ring.rotate({ kid: 'C', announce: day, overlap: day });
    expect(end()).toBe(start + 2 * hour);
    await ring.rotate({ kid: 'D', announce: 0, overlap: 10 });
    expect(end()).toBe(start + 70);
  });

  it('brings the next one forward where no key would be left by then', async () => {
    const { clock, ring, sets } = rig([{ kid: 'A', privateKey, activeFrom: 0, acceptedUntil: start + hour }]);
    const next = await ring.rotate({ kid: 'B', announce: 2 * hour });
    expect(next.activeFrom).toBe(start + hour);
    clock.at = start + hour - 1;
    expect(sets().signs).toBe('A');
    clock.at = start + hour;
    expect(sets().signs).toBe('B');
  });

  it('is exactly when it says: a second before it signs and is published, then neither', () => {
    const { clock, ring, sets } = rig([
      { kid: 'A', privateKey, activeFrom: 0 },
      { kid: 'B', privateKey, activeFrom: start, acceptedUntil: start + 10 },
    ]);
    clock.at = start - 1;
    expect(sets()).toEqual({ signs: 'A', published: ['A', 'B'] });
    clock.at = start;
    expect(sets().signs).toBe('B');
    clock.at = start + 9;
    expect(sets()).toEqual({ signs: 'B', published: ['A', 'B'] });
    clock.at = start + 10;
    expect(sets()).toEqual({ signs: 'A', published: ['A'] });
    expect(ring.keys).toHaveLength(2);
  });

  it('of all keys is told, and a rotation makes one that signs at once', async () => {
    const { ring, sets } = rig([{ kid: 'A', privateKey, activeFrom: 0, acceptedUntil: start }]);
    expect(() => ring.active()).toThrow(/every key that has begun is over/);
    expect(ring.published()).toEqual([]);
    await ring.rotate({ kid: 'B' });
    expect(sets()).toEqual({ signs: 'B', published: ['B'] });
  });
});

describe('a key that is revoked neither signs nor is published', () => {
  it('where it is the only one: a new one signs in its place, also where a clock is behind', async () => {
    const { clock, ring, sets } = rig();
    const active = await ring.revoke('A', { newKid: 'N' });
    expect(active.kid).toBe('N');
    expect(sets()).toEqual({ signs: 'N', published: ['N'] });
    clock.at = start - 1;
    expect(sets()).toEqual({ signs: 'N', published: ['N'] });
  });

  it('where one is announced: that one signs at once', async () => {
    const { clock, ring, sets } = rig();
    await ring.rotate({ kid: 'B', announce: hour });
    await ring.rotate({ kid: 'C', announce: 2 * hour });
    await ring.revoke('A');
    eachMoment(ring, clock, () => expect(sets().published).not.toContain('A'));
    expect(sets()).toEqual({ signs: 'B', published: ['C', 'B'] });
    clock.at += 2 * hour;
    expect(sets().signs).toBe('C');
  });

  it('where retired ones are published still: none of them signs again', async () => {
    const { clock, ring, sets } = rig();
    await ring.rotate({ kid: 'B', announce: 0 });
    clock.at += 60;
    await ring.revoke('B', { newKid: 'N' });
    expect(sets()).toEqual({ signs: 'N', published: ['A', 'N'] });
    eachMoment(ring, clock, () => expect(sets().signs).toBe('N'));
  });

  it('where it is announced: another one takes over by the time that the active one ends', async () => {
    const { clock, ring, sets } = rig();
    await ring.rotate({ kid: 'B', announce: 600, overlap: 60 });
    await ring.revoke('B', { newKid: 'N' });
    expect(ring.keys.at(-1)).toMatchObject({ kid: 'N', activeFrom: start + 660 });
    eachMoment(ring, clock, () => expect(sets().published).toContain(sets().signs));
  });

  it('where it is announced and there is time: another one is announced as long as any', async () => {
    const { ring } = rig();
    await ring.rotate({ kid: 'B', announce: 600 });
    await ring.revoke('B', { newKid: 'N' });
    expect(ring.keys.at(-1)).toMatchObject({ kid: 'N', activeFrom: start + 2 * hour });
    await ring.revoke('N', { newKid: 'M', announce: 7 * hour });
    expect(ring.keys.at(-1)).toMatchObject({ kid: 'M', activeFrom: start + 7 * hour });
  });

  it('where it is retired: nothing else changes', async () => {
    const { ring, sets } = rig();
    await ring.rotate({ kid: 'B', announce: 0 });
    await ring.revoke('A');
    expect(sets()).toEqual({ signs: 'B', published: ['B'] });
    expect(ring.keys).toHaveLength(1);
  });

  it('where it is a secret: what signs then is another secret', async () => {
    const { ring } = rig([{ kid: 'A', secret: 'a'.repeat(32), algorithm: 'HS512', activeFrom: 0 }]);
    const active = await ring.revoke('A');
    expect(active).toMatchObject({ algorithm: 'HS512', secret: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('and one that is not there is told, with those that are', async () => {
    const { ring } = rig();
    await expect(ring.revoke('B')).rejects.toMatchObject({ code: 'config-invalid', hint: 'Its keys are: A.' });
    await expect(ring.revoke(undefined as never)).rejects.toMatchObject({ code: 'config-invalid' });
    await expect(ring.revoke('A', { newKid: 'A' })).rejects.toThrow(/already/);
    expect(ring.keys).toHaveLength(1);
  });
});

describe('whatever is rotated and revoked, whenever, by whom, and how often', () => {
  type Step = { wait: number; by: number } & (
    { do: 'rotate'; announce?: number; overlap?: number } | { do: 'revoke'; which: number }
  );
  const seconds = oneof(constantFrom(0, 1, 60, hour, 2 * hour, day), nat(3 * day));
  const step: Arbitrary<Step> = oneof(
    record(
      { do: constant('rotate' as const), wait: seconds, by: nat(2), announce: seconds, overlap: seconds },
      { requiredKeys: ['do', 'wait', 'by'] },
    ),
    record({ do: constant('revoke' as const), wait: seconds, by: nat(2), which: nat(9) }),
  );

  it('the active key is published, no key that is over signs, a revoked one does neither, and tokens verify as announced', async () => {
    await assert(
      asyncProperty(array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const clock = { at: start };
        const now = (): number => clock.at * 1000;
        const first: RingKey[] = [{ kid: 'A', privateKey, activeFrom: start - 1 }];
        // Three processes, each of which takes over what another one stored before it changes anything.
        const rings = [0, 1, 2].map(() => createKeyRing(first, { now }));
        let store: readonly RingKey[] = first;
        const revoked = new Set<string>();
        /** Until when tokens of a key have been promised to verify: its `acceptedUntil`, which only gets sooner. */
        const holds = (ring: KeyRing): void => {
          const active = ring.active();
          const published = ring.published();
          expect(published).toContain(active);
          expect(active.activeFrom).toBeLessThanOrEqual(clock.at);
          expect(active.acceptedUntil ?? Infinity).toBeGreaterThan(clock.at);
          for (const { kid } of published) expect(revoked).not.toContain(kid);
        };
        let count = 0;
        for (const next of steps) {
          clock.at += next.wait;
          const ring = rings[next.by]!;
          ring.keys = structuredClone(store);
          const before = ring.active();
          if (next.do === 'rotate') {
            const { announce, overlap } = next;
            const key = await ring.rotate({
              kid: `K${(count += 1)}`,
              ...(announce !== undefined && { announce }),
              ...(overlap !== undefined && { overlap }),
            });
            // Tokens that are signed right before the switch verify for the overlap, unless an end was set before.
            const old = ring.keys.find(({ kid }) => kid === before.kid)!;
            const promised = Math.min(key.activeFrom + (overlap ?? day + 300), before.acceptedUntil ?? Infinity);
            expect(old.acceptedUntil).toBe(promised);
            expect(key.activeFrom).toBeLessThanOrEqual(clock.at + (announce ?? 2 * hour));
            eachMoment(ring, clock, () => {
              if (clock.at > key.activeFrom) expect(ring.active().kid).toBe(key.kid);
            });
          } else {
            const { kid } = ring.keys[next.which % ring.keys.length]!;
            revoked.add(kid);
            await ring.revoke(kid, { newKid: `K${(count += 1)}` });
          }
          store = ring.keys;
          for (const other of rings) other.keys = JSON.parse(JSON.stringify(store)) as RingKey[];
          for (const each of rings) eachMoment(each, clock, () => holds(each));
          // All of them say the same at the same time.
          expect(new Set(rings.map((each) => each.active().kid)).size).toBe(1);
        }
      }),
      { numRuns: process.env['FEW_RUNS'] ? 10 : 300 },
    );
  }, 60_000);

  it('each token verifies with what is published, from the moment it is signed until the overlap is over', async () => {
    const { clock, ring } = rig();
    const signer = createTokenSigner({ appId: 'a', domain: 'd', keys: ring, now: () => clock.at * 1000 });
    const server = createKeyServer(ring);
    const accepted = async (token: string): Promise<boolean> => {
      const name = createHash('sha256').update(decodeProtectedHeader(token).kid!).digest('hex');
      return (await server(new Request(`https://app.example.org/${name}.pem`))).ok;
    };
    const { token } = await signer.sign({ room: 'r' });
    const next = await ring.rotate({ announce: 100, overlap: 50 });
    clock.at = next.activeFrom + 49;
    expect(await accepted(token)).toBe(true);
    clock.at = next.activeFrom + 50;
    expect(await accepted(token)).toBe(false);
    const { token: after } = await signer.sign({ room: 'r' });
    expect(await accepted(after)).toBe(true);
    await jwtVerify(after, await importJWK(privateKeyHalf(), 'RS256'), { currentDate: new Date(clock.at * 1000) });
  });

  const privateKeyHalf = (): JWK => ({ kty: 'RSA', n: privateKey.n!, e: privateKey.e! });

  it('two rotations of one ring at the same time lose no key', async () => {
    const { ring } = rig();
    await Promise.all(['B', 'C', 'D', 'E', 'F', 'G'].map((kid) => ring.rotate({ kid })));
    expect(ring.keys.map(({ kid }) => kid)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
    const twice = await Promise.allSettled(['H', 'H'].map((kid) => ring.rotate({ kid })));
    expect(twice.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a value that is not a key ring is refused when a ring is made from it, and when it is assigned', () => {
  const key = { kid: 'A', secret: 'hunter2hunter2hunter2hunter2hunter2', activeFrom: 0 };
  const pair = { kid: 'A', privateKey, activeFrom: 0 };
  it.each<[message: string, keys: unknown]>([
    ['the keys are not a list', undefined],
    ['the keys are not a list', null],
    ['the keys are not a list', { 0: key, length: 1 }],
    ['the keys are not a list', 'keys.json'],
    ['there is no key in it', []],
    ['key 1 is not an object', [null]],
    ['key 2 is not an object', [key, 'x']],
    ['key 1 is not an object', [[key]]],
    ['key 1 has no kid', [{ ...key, kid: undefined }]],
    ['the private key needs a kid', [{ ...key, kid: '' }]],
    ['kid is not a name', [{ ...key, kid: 5 }]],
    ['two keys have the kid "A"', [key, { ...key, activeFrom: 5 }]],
    ['activeFrom of key 1 is missing', [{ ...key, activeFrom: undefined }]],
    ['activeFrom of key 1 is not a time', [{ ...key, activeFrom: '0' }]],
    ['activeFrom of key 1 is not a time', [{ ...key, activeFrom: null }]],
    ['activeFrom of key 1 is not a time', [{ ...key, activeFrom: Number.NaN }]],
    ['activeFrom of key 1 is not a time', [{ ...key, activeFrom: -1 }]],
    ['activeFrom of key 1 is not a time', [{ ...key, activeFrom: new Date(0) }]],
    ['activeFrom of key 1 is in milliseconds', [{ ...key, activeFrom: start * 1000 }]],
    ['acceptedUntil of key 1 is in milliseconds', [{ ...key, acceptedUntil: start * 1000 }]],
    ['acceptedUntil of key 1 is not a time', [{ ...key, acceptedUntil: null }]],
    ['acceptedUntil of key 1 is not a time', [{ ...key, acceptedUntil: '2026-11-26' }]],
    ['key 1 ends before it begins', [{ ...key, activeFrom: 10, acceptedUntil: 9 }]],
    ['key 1 has a member that is not known', [{ ...key, active_from: 0 }]],
    ['key 1 has a member that is not known', [{ ...key, expires: 0 }]],
    ['different algorithms (HS256, RS256)', [key, { ...pair, kid: 'B' }]],
    ['different algorithms (HS256, HS512)', [key, { ...key, kid: 'B', algorithm: 'HS512' }]],
    ['RS256 does not go with a secret', [{ ...key, algorithm: 'RS256' }]],
    ['there are two: secret and privateKey', [{ ...key, privateKey }]],
    ['the private key is missing', [{ kid: 'A', activeFrom: 0 }]],
    ['the private key is a public key', [{ ...pair, privateKey: made.publicKey }]],
    ['the secret has 7 bytes', [{ ...key, secret: 'hunter2' }]],
  ])('%s', (message, keys) => {
    const refused = (act: () => void): void => {
      expect(act).toThrow(message);
      expect(act).not.toThrow('hunter2');
    };
    refused(() => createKeyRing(keys as RingKey[]));
    const { ring } = rig();
    refused(() => (ring.keys = keys as RingKey[]));
    expect(ring.active().kid).toBe('A');
  });

  it.each<[object]>([
    [{ announce: -1 }],
    [{ announce: 1.5 }],
    [{ announce: Number.NaN }],
    [{ announce: Infinity }],
    [{ announce: '3600' }],
    [{ announce: 7.2e12 }],
    [{ overlap: -1 }],
    [{ overlap: null }],
    [{ overlap: Number.NaN }],
    [{ kid: '' }],
    [{ kid: 'A' }],
    [{ kid: 'a\nb' }],
    [{ overlapp: 0 }],
    [{ newKid: 'B' }],
  ])('and so is a rotation by %o, which changes nothing', async (options) => {
    const { ring } = rig();
    await expect(ring.rotate(options)).rejects.toMatchObject({ code: 'config-invalid' });
    expect(ring.keys.map(({ kid }) => kid)).toEqual(['A']);
  });

  it('and so are options that are not known', async () => {
    const { ring } = rig();
    expect(() => createKeyRing([pair], { clock: Date.now } as never)).toThrow('createKeyRing: there is no "clock"');
    expect(() => createKeyServer(ring, { maxage: 60 } as never)).toThrow(
      'createKeyServer: there is no "maxage": write maxAge',
    );
    for (const maxAge of [-1, 1.5, Number.NaN, '60']) {
      expect(() => createKeyServer(ring, { maxAge: maxAge as number })).toThrow('maxAge is not a time');
    }
    await expect(ring.revoke('A', { kid: 'B' } as never)).rejects.toThrow('revoke: there is no "kid"');
  });

  it('takes a key that ends when it begins, and times with fractions', () => {
    const { ring } = rig();
    ring.keys = [pair, { ...pair, kid: 'B', activeFrom: 5.5, acceptedUntil: 5.5 }] as RingKey[];
    expect(ring.active().kid).toBe('A');
  });
});
