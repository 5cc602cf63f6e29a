import { createHash } from 'node:crypto';
import {
  createLocalJWKSet,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importSPKI,
  type JSONWebKeySet,
  jwtVerify,
} from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createKeyRing, createKeyServer, createTokenSigner, type RingKey } from '../../src/server/index.js';

const start = Date.UTC(2026, 10, 24);
const minute = 60_000;
const hour = 60 * minute;
const keyUrl = (kid: string): string =>
  `https://app.example.org/keys/${createHash('sha256').update(kid).digest('hex')}.pem`;

let first: RingKey;
beforeAll(async () => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  first = { kid: 'first', privateKey: await exportJWK(privateKey), activeFrom: start / 1000 - 1 };
});

/** A ring, its signer and its key server, on a clock that the test moves. */
function deployment(keys: RingKey[]) {
  const clock = { now: start };
  const now = (): number => clock.now;
  const ring = createKeyRing(keys, { now });
  const signer = createTokenSigner({ appId: 'app', domain: 'meet.example.org', keys: ring, now });
  const keyServer = createKeyServer(ring);
  const get = (url: string): Promise<Response> => keyServer(new Request(url));
  const sign = async (): Promise<string> => (await signer.sign({ room: 'daily', expiresIn: 3600 })).token;
  return { clock, ring, get, sign };
}

/** As Prosody with `asap_key_server`: asks once for each kid and keeps the answer for ever. */
function prosodyWithKeyServer({ clock, get }: ReturnType<typeof deployment>) {
  const cache = new Map<string, string>();
  return async (token: string): Promise<boolean> => {
    const kid = decodeProtectedHeader(token).kid!;
    if (!cache.has(kid)) {
      const response = await get(keyUrl(kid));
      if (response.ok) cache.set(kid, await response.text());
    }
    const pem = cache.get(kid);
    return pem !== undefined && isValid(token, await importSPKI(pem, 'RS256'), clock.now);
  };
}

/** As Prosody with `cache_keys_url`: reads the set again only when `max-age`, less a minute, has passed. */
function prosodyWithJwks({ clock, get }: ReturnType<typeof deployment>) {
  let set: JSONWebKeySet = { keys: [] };
  let readAgain = 0;
  return async (token: string): Promise<boolean> => {
    if (clock.now >= readAgain) {
      const response = await get('https://app.example.org/keys/jwks.json');
      const maxAge = Number(/max-age=(\d+)/.exec(response.headers.get('cache-control')!)![1]);
      set = (await response.json()) as JSONWebKeySet;
      readAgain = clock.now + (maxAge - 60) * 1000;
    }
    const key = createLocalJWKSet(set);
    return jwtVerify(token, key, { currentDate: new Date(clock.now) }).then(
      () => true,
      () => false,
    );
  };
}

function isValid(token: string, key: CryptoKey | Uint8Array, now: number): Promise<boolean> {
  return jwtVerify(token, key, { currentDate: new Date(now) }).then(
    () => true,
    () => false,
  );
}

describe('rotating a key pair', () => {
  it.each([
    ['asap_key_server', prosodyWithKeyServer],
    ['cache_keys_url', prosodyWithJwks],
  ])('refuses no token with %s, though people join with tokens up to an hour old', async (_, prosody) => {
    const server = deployment([first]);
    const accepts = prosody(server);
    const held: { token: string; since: number }[] = [];
    const kids = new Set<string | undefined>();
    for (let step = 0; step < 72 * 6; step += 1) {
      server.clock.now = start + step * 10 * minute;
      if (step === 10 * 6) await server.ring.rotate({ kid: 'second' });
      held.push({ token: await server.sign(), since: server.clock.now });
      while (held[0]!.since < server.clock.now - hour + minute) held.shift();
      for (const { token } of held) {
        kids.add(decodeProtectedHeader(token).kid);
        expect(await accepts(token), `step ${step}`).toBe(true);
      }
    }
    expect([...kids]).toEqual(['first', 'second']);
  });

  it('would refuse people with a JWKS that is not announced in time: the reason for announcing', async () => {
    const server = deployment([first]);
    const accepts = prosodyWithJwks(server);
    expect(await accepts(await server.sign())).toBe(true);
    await server.ring.rotate({ announce: 0 });
    expect(await accepts(await server.sign())).toBe(false);
  });

  it('stops publishing the old key when its last token is over, and drops it at the next rotation', async () => {
    const { clock, ring, get } = deployment([first]);
    await ring.rotate({ kid: 'second', announce: 3600 });
    clock.now = start + 24 * hour;
    expect((await get(keyUrl('first'))).status).toBe(200);
    clock.now = start + 26 * hour;
    expect((await get(keyUrl('first'))).status).toBe(404);
    expect((await get(keyUrl('second'))).status).toBe(200);
    await ring.rotate({ kid: 'third' });
    expect(ring.keys.map((key) => key.kid)).toEqual(['second', 'third']);
  });

  it('happens at the same moment in all processes, from what one of them stored', async () => {
    const one = deployment([first]);
    const other = deployment([first]);
    await one.ring.rotate({ kid: 'second', announce: 600 });
    other.ring.keys = JSON.parse(JSON.stringify(one.ring.keys)) as RingKey[];
    for (const [at, kid] of [
      [start + 599_000, 'first'],
      [start + 600_000, 'second'],
    ] as const) {
      one.clock.now = other.clock.now = at;
      expect(decodeProtectedHeader(await one.sign()).kid).toBe(kid);
      expect(decodeProtectedHeader(await other.sign()).kid).toBe(kid);
    }
  });

  it('needs a kid that was never used, and a key that is active', async () => {
    const { ring } = deployment([first]);
    await expect(ring.rotate({ kid: 'first' })).rejects.toMatchObject({ code: 'config-invalid' });
    const early = deployment([{ ...first, activeFrom: start / 1000 + 60 }]);
    await expect(early.sign()).rejects.toMatchObject({ code: 'config-invalid' });
  });
});

describe('rotating a shared secret', () => {
  it('refuses tokens of the old one from the switch on; a page that asks once more gets in', async () => {
    const server = deployment([{ kid: 'old', secret: 'o'.repeat(32), activeFrom: 0 }]);
    const next = await server.ring.rotate({ kid: 'new', announce: 3600 });
    const secretAt = (now: number): unknown =>
      now < next.activeFrom * 1000 ? 'o'.repeat(32) : 'secret' in next && next.secret;
    const accepts = (token: string): Promise<boolean> =>
      isValid(token, new TextEncoder().encode(String(secretAt(server.clock.now))), server.clock.now);
    server.clock.now = next.activeFrom * 1000 - minute;
    const held = await server.sign();
    expect(await accepts(held)).toBe(true);
    server.clock.now = next.activeFrom * 1000;
    expect(await accepts(held)).toBe(false);
    expect(await accepts(await server.sign())).toBe(true);
  });

  it('publishes nothing', async () => {
    const { get } = deployment([{ kid: 'old', secret: 'o'.repeat(32), activeFrom: 0 }]);
    expect((await get(keyUrl('old'))).status).toBe(404);
    expect(await (await get('https://app.example.org/jwks.json')).json()).toEqual({ keys: [] });
  });
});

describe('the key server', () => {
  it('answers with the public half only', async () => {
    const { get } = deployment([first]);
    const pem = await (await get(keyUrl('first'))).text();
    expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----/);
    const jwks = await (await get('https://app.example.org/keys/jwks.json')).json();
    expect(jwks).toEqual({
      keys: [{ kty: 'RSA', n: expect.any(String), e: 'AQAB', kid: 'first', alg: 'RS256', use: 'sig' }],
    });
  });

  it.each([
    '../../etc/passwd',
    '..%2f..%2fetc%2fpasswd',
    'first',
    'first.pem',
    "' OR 1=1 --.pem",
    `${'0'.repeat(64)}.pem`,
    '',
  ])('has nothing under %j', async (name) => {
    const { get } = deployment([first]);
    expect((await get(`https://app.example.org/keys/${name}`)).status).toBe(404);
  });

  it('takes no other method', async () => {
    const server = createKeyServer(createKeyRing([first]));
    expect((await server(new Request(keyUrl('first'), { method: 'POST' }))).status).toBe(405);
  });
});
