import * as fc from 'fast-check';
import { decodeJwt } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import type { JitsiMeetingError } from '../../src/errors.js';
import { preflight, selfHosted } from '../../src/preflight/index.js';
import { normaliseTenant } from '../../src/room/index.js';
import {
  createTokenAuthRedirect,
  createTokenHandler,
  createTokenSigner,
  forbidden,
  type GrantOptions,
  type TokenSigner,
} from '../../src/server/index.js';

const secret = 'x'.repeat(32);
const domain = 'meet.example.org';
const signer = createTokenSigner({ appId: 'app', domain, secret });
const deployment = selfHosted({ domain, appId: 'app', secret });
const grant = { user: { id: 'bob' } };

interface Outcome {
  status: number;
  sub?: unknown;
  detail?: unknown;
  told: JitsiMeetingError[];
}

async function ask(
  tenant: unknown,
  options: Partial<GrantOptions> & { signer?: TokenSigner } = {},
  host = domain,
): Promise<Outcome> {
  const told: JitsiMeetingError[] = [];
  const onError = (error: unknown): void => void told.push(error as JitsiMeetingError);
  const handler = createTokenHandler({ signer, authorize: () => grant, onError, ...options });
  const response = await handler(
    new Request('https://app.example.org/api/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ domain: host, room: 'team', tenant }),
    }),
  );
  const { token, detail } = (await response.json()) as { token?: string; detail?: string };
  return { status: response.status, told, detail, ...(token !== undefined && { sub: decodeJwt(token).sub }) };
}

async function open(tenant: string, options: Partial<GrantOptions> = {}): Promise<Response> {
  const redirect = createTokenAuthRedirect({ domain, signer, signInUrl: '/login', authorize: () => grant, ...options });
  const query = new URLSearchParams({ state: JSON.stringify({ room: 'team', tenant }) });
  return redirect(new Request(`https://app.example.org/sign-in?${query}`));
}

describe('a tenant that a page asks for', () => {
  it('is signed for only if the site says so, and the operator reads how to say it', async () => {
    const { status, sub, told, detail } = await ask('acme');
    expect([status, sub, detail]).toEqual([400, undefined, 'This endpoint signs no tokens for that tenant.']);
    expect(told).toHaveLength(1);
    expect(told[0]!.hint).toContain("tenants: ['acme']");
    const back = await open('acme');
    expect([back.status, back.headers.get('location')]).toEqual([400, null]);
  });

  it('is refused to whom authorize refuses, before anything is said of tenants', async () => {
    expect((await ask('acme', { authorize: () => forbidden() })).status).toBe(403);
  });

  it('is signed for where the handler lists it, in any case of its letters, and no other', async () => {
    for (const tenants of [['acme', 'other'], ['ACME']]) {
      expect((await ask('acme', { tenants })).sub).toBe('acme');
      expect((await ask('Acme', { tenants })).sub).toBe('acme');
      const authorize = vi.fn(() => grant);
      expect((await ask('globex', { tenants, authorize })).status).toBe(400);
      expect(authorize).not.toHaveBeenCalled();
    }
    const back = await open('Acme', { tenants: ['acme'] });
    expect(new URL(back.headers.get('location')!).pathname).toBe('/acme/team');
    expect((await open('globex', { tenants: ['acme'] })).status).toBe(400);
    expect((await ask('acme', { tenants: [] })).status).toBe(400);
  });

  it('is signed for where the grant names it, whatever the spelling', async () => {
    expect((await ask('acme', { authorize: ({ tenant }) => ({ ...grant, tenant }) })).sub).toBe('acme');
    expect((await ask('acme', { authorize: () => ({ ...grant, tenant: 'ACME' }) })).sub).toBe('acme');
    expect((await ask(null, { authorize: () => ({ ...grant, tenant: 'acme' }) })).sub).toBe('acme');
  });

  it.each([[null], [undefined], ['']])('is not named by a grant whose tenant is %j', async (tenant) => {
    expect((await ask('acme', { authorize: () => ({ ...grant, tenant }) })).status).toBe(400);
    expect((await ask(null, { authorize: () => ({ ...grant, tenant }) })).sub).toBe(domain);
  });

  it('is what authorize decides about', async () => {
    const authorize = vi.fn(({ tenant }: { tenant: string | null }) => (tenant === null ? grant : forbidden()));
    expect((await ask('acme', { tenants: ['acme'], authorize })).status).toBe(403);
    expect((await ask(null, { tenants: ['acme'], authorize })).sub).toBe(domain);
  });

  it.each<[string, unknown, number]>([
    ['true', true, 200],
    ['a promise of true', Promise.resolve(true), 200],
    ['false', false, 400],
    ['a refusal', forbidden(), 403],
    ['nothing', undefined, 500],
    ['1', 1, 500],
    ['a text', 'yes', 500],
    ['an object', {}, 500],
    ['a Response that says no', new Response(null, { status: 404 }), 404],
  ])('is held against a function, of which only true is a yes: %s', async (_, answer, expected) => {
    const { status, sub } = await ask('acme', { tenants: () => answer as boolean });
    expect([status, sub]).toEqual([expected, expected === 200 ? 'acme' : undefined]);
  });

  it.each([
    ['a Cyrillic a', '\u0430cme'],
    ['full width', 'ａｃｍｅ'],
    ['one letter in full width', 'acm\uff45'],
    ['a mathematical letter', '\u{1d41a}cme'],
    ['a ligature', '\ufb03cme'],
    ['a Kelvin sign', '\u212aelvin'],
    ['an i without its dot', 'acm\u0131'],
    ['a long s', 'acme\u017f'],
    ['a Hangul filler, which is invisible', 'acme\u115f'],
    ['a variation selector', 'acme\ufe0f'],
    ['a tag letter, which is invisible', 'acme\u{e0061}'],
    ['an escaped letter', '%61cme'],
    ['a zero width space', 'ac\u200bme'],
    ['a soft hyphen', 'ac\u00adme'],
    ['a Greek o', 'g\u03bfogle'],
    ['a letter with a dot below it', 'a\u0323cme'],
    ['the conference component', 'conference'],
    ['the same in capitals', 'CONFERENCE'],
    ['docker’s conference component', 'muc'],
    ['a dot', 'a.b'],
    ['the domain', domain],
    ['a slash', 'a/b'],
    ['an escaped slash', 'a%2fb'],
    ['a blank', 'a b'],
    ['a blank at the end', 'acme '],
    ['the wildcard', '*'],
    ['brackets', '[acme]'],
    ['a NUL', 'acme\0'],
    ['an at sign', 'x@acme'],
    ['a number', 7],
    ['a list', ['acme']],
    ['an object', { acme: true }],
    ['101 letters', 'a'.repeat(101)],
  ])('is refused as not a tenant, though all tenants are allowed: %s', async (_, tenant) => {
    const { status, sub, told } = await ask(tenant, { tenants: () => true });
    expect([status, sub, told]).toEqual([400, undefined, []]);
    if (typeof tenant === 'string') expect((await open(tenant, { tenants: () => true })).status).toBe(400);
  });

  it('is refused if it is the XMPP domain, which would open the rooms without a tenant', async () => {
    const local = createTokenSigner({ appId: 'app', domain: 'localhost', secret });
    const all = { signer: local, tenants: () => true };
    expect((await ask('localhost', all, 'localhost:8443')).status).toBe(400);
    expect((await ask('LocalHost', all, 'localhost')).status).toBe(400);
    // By another public name.
    const { status, sub } = await ask('localhost', all);
    expect([status, sub]).toEqual([500, undefined]);
    await expect(local.sign({ room: 'team', tenant: 'localhost' })).rejects.toThrow(/XMPP domain/);
  });

  it('beyond ASCII is signed for where a list has it letter for letter', async () => {
    expect((await ask('ÄST', { tenants: ['äst'] })).sub).toBe('äst');
    expect((await ask('A\u0308ST', { tenants: ['äst'] })).sub).toBe('äst');
    expect((await ask('ast', { tenants: ['äst'] })).status).toBe(400);
  });

  it('is the signer’s only one, as with JaaS, without more settings', async () => {
    const only = createTokenSigner({ appId: 'app', domain: '8x8.vc', secret, tenant: 'vpaas-magic-cookie-1' });
    expect((await ask('vpaas-magic-cookie-1', { signer: only }, '8x8.vc')).sub).toBe('vpaas-magic-cookie-1');
    expect((await ask(null, { signer: only }, '8x8.vc')).sub).toBe('vpaas-magic-cookie-1');
    expect((await ask('acme', { signer: only }, '8x8.vc')).status).toBe(400);
    expect((await ask('acme', { signer: only, tenants: ['acme'] }, '8x8.vc')).status).toBe(500);
  });

  it.each<[string, unknown]>([
    ['a text', 'acme'],
    ['null', null],
    ['true', true],
    ['a Set', new Set(['acme'])],
    ['a list with a path', ['acme/team']],
    ['a list with a pattern', ['acme*']],
    ['a list with no text', [undefined]],
    ['a list with the component', ['conference']],
  ])('may not be allowed by %s', (_, tenants) => {
    const options = { signer, authorize: () => grant, tenants: tenants as string[] };
    expect(() => createTokenHandler(options)).toThrow(/^Token endpoint: tenants/);
    expect(() => createTokenAuthRedirect({ ...options, domain, signInUrl: '/' })).toThrow(/tenants/);
  });
});

describe('a tenant in a grant', () => {
  it.each(['my.org', 'a b', 'team-a/sub', 'a@b', 'a:b', '*', "bob's", 'conference', 'ac\u200bme', 'x'.repeat(101)])(
    'is refused where no server could take it: %j',
    async (tenant) => {
      const error = await signer.sign({ room: 'r', tenant }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'config-invalid', message: expect.stringContaining('tenant') });
    },
  );

  it.each([7, true, ['acme'], { acme: true }])('is refused if it is not a text: %j', async (tenant) => {
    await expect(signer.sign({ room: 'r', tenant: tenant as never })).rejects.toThrow(/the tenant is/);
  });

  it.each(['acme', 'ACME', 'ÄST', 'straße', 'Größe', 'ΣΑΣ', 'ａｃｍｅ', 'тест', '東京', 'a_b-1'])(
    'is signed so that preflight takes the token in an address with it: %s',
    async (tenant) => {
      const { token } = await signer.sign({ room: 'r', tenant });
      const result = await preflight(token, deployment, { room: 'r', tenant });
      expect(result).toMatchObject({ connect: 'accepted', join: 'accepted' });
    },
  );

  it('is accepted by preflight or refused by the signer, whatever it is', async () => {
    const letters = fc.constantFrom(
      ...'aZß_-. /:@ÄΣςİıﬁ\u0345\u1e9e\u200bﾊ\u{10400}東'.split(''),
      '\u{10400}',
      '\u0301',
    );
    const names = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: letters, maxLength: 8 }));
    let signed = 0;
    await fc.assert(
      fc.asyncProperty(names, async (tenant) => {
        const made = await signer.sign({ room: 'r', tenant }).catch((error: JitsiMeetingError) => error.code);
        if (typeof made === 'string') {
          expect(made).toBe('config-invalid');
          return;
        }
        signed += 1;
        const address = tenant === '' ? null : tenant;
        const { join } = await preflight(made.token, deployment, { room: 'r', tenant: address });
        expect([tenant, join]).toEqual([tenant, 'accepted']);
      }),
      { numRuns: 2000 },
    );
    expect(signed).toBeGreaterThan(100);
  });

  it('is folded once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 8 }), (tenant) => {
        const folded = normaliseTenant(tenant);
        if (/^[\p{L}\p{N}_-]+$/u.test(folded) && normaliseTenant(folded) === folded)
          expect(folded).toBe(folded.normalize('NFKC'));
      }),
    );
  });
});

describe('the only tenant of a signer, as with JaaS', () => {
  const only = createTokenSigner({ appId: 'app', domain, secret, tenant: 'solo' });
  const wrapped: TokenSigner = { sign: (asked) => only.sign(asked) };

  it('is signed for where the signer is given itself, or carries it', async () => {
    expect(await ask('solo', { signer: only })).toMatchObject({ status: 200, sub: 'solo' });
    expect(await ask('solo', { signer: { ...wrapped, tenant: 'solo' } })).toMatchObject({ status: 200, sub: 'solo' });
    expect((await ask('acme', { signer: only })).status).not.toBe(200);
  });

  it('is named in tenants where the signer is wrapped, and the operator reads so', async () => {
    const refused = await ask('solo', { signer: wrapped });
    expect(refused).toMatchObject({ status: 400 });
    expect(refused.told[0]!.hint).toMatch(/tenants: \['acme'\].*only tenant of a signer \(JaaS\)/);
    expect(await ask('solo', { signer: wrapped, tenants: ['solo'] })).toMatchObject({ status: 200, sub: 'solo' });
  });
});
