import { runInNewContext } from 'node:vm';
import { decodeJwt } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import type { JitsiMeetingError } from '../../src/errors.js';
import {
  type Authorize,
  createTokenAuthRedirect,
  createTokenHandler,
  createTokenSigner,
  forbidden,
  type RateLimit,
  type TokenHandlerOptions,
  TokenRefusal,
  unauthorized,
} from '../../src/server/index.js';

const signer = createTokenSigner({ appId: 'app', domain: 'meet.example.org', secret: 'x'.repeat(32) });
const grant = { user: { id: 'ada' } };

interface Outcome {
  status: number;
  body: Record<string, unknown>;
  told: JitsiMeetingError[];
}

async function ask(options: Partial<Record<keyof TokenHandlerOptions, unknown>>): Promise<Outcome> {
  const told: JitsiMeetingError[] = [];
  const onError = (error: unknown): void => void told.push(error as JitsiMeetingError);
  const handler = createTokenHandler({ signer, authorize: () => grant, onError, ...options } as TokenHandlerOptions);
  const response = await handler(
    new Request('https://app.example.org/api/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"domain":"meet.example.org","room":"Team"}',
    }),
  );
  return { status: response.status, body: (await response.json()) as Record<string, unknown>, told };
}

/** What the way back from `tokenAuthUrl` makes of the same answer. */
async function open(authorize: unknown): Promise<Response> {
  const redirect = createTokenAuthRedirect({
    domain: 'meet.example.org',
    signer,
    signInUrl: '/login',
    authorize: authorize as Authorize,
  });
  return redirect(new Request('https://app.example.org/sign-in?room=team'));
}

async function expectNoToken(authorize: () => unknown, status: number): Promise<Outcome> {
  const outcome = await ask({ authorize });
  expect(outcome.status).toBe(status);
  expect(outcome.body).not.toHaveProperty('token');
  const back = await open(authorize);
  expect(back.status === 302 ? back.headers.get('location') : '').not.toContain('jwt=');
  return outcome;
}

class Session {
  user = { id: 'ada' };
}
class HttpError extends Error {
  status = 403;
}
/**
 * As a bundler leaves it: the same code, another class. Loaded ahead of the tests: what runs while one runs is taken
 * for code of that test when its quality is measured.
 */
vi.resetModules();
const otherCopy = await import('../../src/server/problem.js');

describe('what authorize returns is a refusal', () => {
  it.each([
    ['false', false],
    ['null', null],
    ['undefined', undefined],
    ['0', 0],
    ['0n', 0n],
    ['NaN', Number.NaN],
    ['an empty text', ''],
  ])('where it is falsy, with 403: %s', async (_, value) => {
    const { told } = await expectNoToken(() => value, 403);
    // A forgotten return is a fault of the code; the others are a person without rights.
    expect(told.map(({ message }) => message)).toEqual(
      value === undefined ? ['Token endpoint: authorize returned undefined, which is taken for a no.'] : [],
    );
  });

  it.each([400, 401, 403, 404, 429, 451, 500, 503])('where it is a Response with status %s', async (status) => {
    const returned = (): Response =>
      new Response('<script>secret of mine</script>', { status, headers: { 'set-cookie': 'a=b', 'retry-after': '7' } });
    const { body, told } = await expectNoToken(returned, status);
    expect(JSON.stringify(body)).not.toContain('secret of mine');
    expect(told).toEqual([]);
    const thrown = await ask({ authorize: () => Promise.reject(returned()) });
    expect(thrown.status).toBe(status);
  });

  it('where it is a Response of a framework’s own class', async () => {
    class NextResponse extends Response {}
    await expectNoToken(() => new NextResponse(null, { status: 403 }), 403);
  });

  it('and any form of 401 sends a person who comes from tokenAuthUrl to the sign-in', async () => {
    const { unauthorized: other } = otherCopy;
    for (const refusal of [unauthorized(), other(), new Response(null, { status: 401 })]) {
      for (const authorize of [() => refusal, () => Promise.reject(refusal)]) {
        const { status, headers } = await open(authorize);
        expect([status, headers.get('location')?.split('?')[0]]).toEqual([302, '/login']);
      }
    }
  });

  it('where another copy of the package made it, returned or thrown', async () => {
    const { forbidden: other, TokenRefusal: Other } = otherCopy;
    expect(Other).not.toBe(TokenRefusal);
    const { body } = await expectNoToken(() => other('Members only.'), 403);
    expect(body['detail']).toBe('Members only.');
    await expectNoToken(() => {
      throw other();
    }, 403);
    const { body: signIn } = await expectNoToken(() => new Other(401, 'Sign in.', { signInUrl: '/login' }), 401);
    expect(signIn['signInUrl']).toBe('/login');
  });

  it('with an error status only: any other is a fault of the code', async () => {
    for (const status of [200, 204, 302, 399, 600, Number.NaN, '403']) {
      expect(() => new TokenRefusal(status as number, 'No.')).toThrow(/400 to 599/);
    }
  });
});

describe('what authorize returns is neither grant nor refusal: 500, and onError reads what it was', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['true', () => true, /returned true/],
    ['a number', () => 403, /returned a number/],
    ['a text', () => 'forbidden', /returned a string/],
    ['a function', () => () => grant, /returned a function/],
    ['a symbol', () => Symbol('no'), /returned a symbol/],
    ['an empty list', () => [], /returned a list of 0/],
    ['a list with a grant', () => [grant], /returned a list of 1/],
    ['an error', () => new Error('no'), /returned an Error/],
    ['a framework’s error', () => new HttpError('no'), /returned an Error/],
    ['a Response that says yes', () => new Response('{}'), /a Response with status 200/],
    ['a redirect to the sign-in', () => Response.redirect('https://app.example.org/login'), /status 302/],
    ['a network error as Response', () => Response.error(), /status 0/],
    ['an empty object', () => ({}), /returned an empty object/],
    ['{error}', () => ({ error: 'no' }), /an object with error; .*forbidden\(\)/],
    ['{status}', () => ({ status: 403 }), /forbidden\(\)/],
    ['{allowed: false}', () => ({ allowed: false }), /forbidden\(\)/],
    ['{ok: false} beside a user', () => ({ ok: false, user: { id: 'ada' } }), /an object with ok, user; /],
    ['a grant in a grant', () => ({ grant }), /there is no "grant"/],
    ['nobody', () => ({ user: null }), /which grants nothing/],
    ['a person of whom nothing is known', () => ({ user: {} }), /which grants nothing/],
    ['a person whom a database did not find', () => ({ user: { id: undefined, name: null } }), /which grants nothing/],
    ['nothing under known names', () => ({ user: undefined, role: undefined }), /which grants nothing/],
    ['a room that was not found', () => ({ ...grant, room: null }), /whose room is null/],
    ['a class instance', () => new Session(), /returned a Session/],
    ['a Map', () => new Map(Object.entries(grant)), /returned a Map/],
    ['a Date', () => new Date(), /returned a Date/],
    ['a Set', () => new Set(['ada']), /returned a Set/],
    ['URLSearchParams', () => new URLSearchParams('user=ada'), /returned an? URLSearchParams/],
    ['members of the prototype', () => Object.create(grant), /authorize returned /],
    [
      'arguments',
      function () {
        return arguments;
      },
      /returned an Arguments/,
    ],
    ['a promise under a known name', () => ({ user: Promise.resolve({ id: 'ada' }) }), /user is a Promise/],
    ['a user that is true', () => ({ user: true }), /user is true/],
    ['a user that is a text', () => ({ user: 'ada' }), /user is a string/],
    ['a symbol beside a grant', () => ({ ...grant, [Symbol('x')]: 1 }), /Symbol\(x\)/],
  ])('%s', async (_, authorize, message) => {
    const { told, body } = await expectNoToken(authorize, 500);
    expect(body['detail']).toBe('The token could not be made.');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ code: 'config-invalid', message: expect.stringMatching(message) });
  });

  it.each<[string, () => unknown]>([
    [
      'a proxy that was revoked',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
    ['what calls itself a Response, without headers', () => ({ [Symbol.toStringTag]: 'Response', status: 403 })],
    [
      'a refusal of another copy that throws when it is read',
      () =>
        Object.defineProperties(new Error('no'), {
          [Symbol.for('jitsi-meeting-element.TokenRefusal')]: { value: true },
          status: {
            get: () => {
              throw new Error('hunter2');
            },
          },
        }),
    ],
    ['an object without a prototype', () => Object.create(null)],
  ])('also where it is thrown and cannot be looked at: %s', async (_, made) => {
    const throwing = (): never => {
      throw made();
    };
    for (const authorize of [made, throwing]) {
      const { told, body } = await expectNoToken(authorize, 500);
      expect(body['detail']).toBe('The token could not be made.');
      expect(told).toHaveLength(1);
    }
  });

  it('names members, never values', async () => {
    const { told } = await expectNoToken(
      () => ({ password: 'hunter2', error: 'hunter3', user: { id: 'hunter4' } }),
      500,
    );
    expect(told[0]!.message).toContain('password, error, user');
    expect(told[0]!.message + told[0]!.hint + told[0]!.stack!).not.toContain('hunter');
  });

  it('a getter that answers otherwise the second time is read once', async () => {
    let reads = 0;
    const authorize = (): object => ({
      user: { id: 'ada' },
      get role() {
        reads += 1;
        return reads === 1 ? 'participant' : 'moderator';
      },
    });
    const { body } = await ask({ authorize });
    expect(decodeJwt(body['token'] as string)).toMatchObject({ moderator: false });
  });

  it('a getter or a proxy that throws', async () => {
    const boom = (): never => {
      throw new Error('boom');
    };
    await expectNoToken(
      () => ({
        get user() {
          return boom();
        },
      }),
      500,
    );
    await expectNoToken(() => new Proxy(grant, { get: (_, key) => (key === 'then' ? undefined : boom()) }), 500);
    await expectNoToken(() => new Proxy(grant, { ownKeys: boom }), 500);
  });
});

describe('what authorize returns is a grant', () => {
  it.each<[string, () => unknown]>([
    ['a plain object', () => grant],
    ['one without prototype', () => Object.assign(Object.create(null) as object, grant)],
    ['one of another realm, such as a test runner’s', () => runInNewContext("({ user: { id: 'ada' } })")],
    ['a promise of one', async () => grant],
    // eslint-disable-next-line unicorn/no-thenable -- what is awaited may be any
    ['any thenable', () => ({ then: (done: (value: unknown) => void) => done(grant) })],
    ['a role alone', () => ({ role: 'participant' })],
  ])('%s', async (_, authorize) => {
    const { status, body, told } = await ask({ authorize });
    expect([status, told]).toEqual([200, []]);
    expect(decodeJwt(body['token'] as string)).toMatchObject({ room: 'team' });
  });
});

describe('what rateLimit returns', () => {
  it.each<[string, unknown, number]>([
    ['allows', { allowed: true }, 200],
    ['allows, with more to tell', { allowed: true, remaining: 3 }, 200],
    ['refuses', { allowed: false, retryAfter: 5 }, 429],
    ['refuses without a time', { allowed: false }, 429],
    ['refuses with a time that is not a number', { allowed: false, retryAfter: Number.NaN }, 429],
    ['is a refusal', forbidden(), 403],
    ['is a Response', new Response(null, { status: 429 }), 429],
    ['is false', false, 500],
    ['is true', true, 500],
    ['is nothing', undefined, 500],
    ['is null', null, 500],
    ['is an empty object', {}, 500],
    ['is a text', { allowed: 'true' }, 500],
    ['is a number', { allowed: 1 }, 500],
    ['is inherited', Object.create({ allowed: true }), 500],
    ['is a list', [{ allowed: true }], 500],
    ['is another library’s', { remainingPoints: 0, msBeforeNext: 900 }, 500],
  ])('%s: %j -> %i', async (_, result, expected) => {
    const { status, body, told } = await ask({ rateLimit: (async () => result) as RateLimit });
    expect(status).toBe(expected);
    expect('token' in body).toBe(expected === 200);
    expect(told.length).toBe(expected === 500 ? 1 : 0);
    if (expected === 500) expect(told[0]!.message).toContain('rateLimit returned');
  });
});

describe('what a signer of one’s own gives', () => {
  const signed = { token: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln', expiresIn: 60 };

  it.each<[string, unknown, number]>([
    ['a signed token', signed, 200],
    ['one without a life', { token: signed.token }, 200],
    ['nothing', undefined, 500],
    ['the token alone', signed.token, 500],
    ['a token under another name', { jwt: signed.token }, 500],
    ['no text', { ...signed, token: 7 }, 500],
    ['an empty text', { ...signed, token: '' }, 500],
    ['a sentence', { ...signed, token: 'not.allowed here.' }, 500],
    ['an unsigned token', { ...signed, token: 'eyJhbGciOiJub25lIn0.e30.' }, 500],
    ['five parts: encrypted', { ...signed, token: 'a.b.c.d.e' }, 500],
    ['a life that is a text', { ...signed, expiresIn: '60' }, 500],
    ['a life that is over', { ...signed, expiresIn: 0 }, 500],
  ])('%s', async (_, result, expected) => {
    const { status, body, told } = await ask({ signer: { sign: async () => result } });
    expect(status).toBe(expected);
    expect('token' in body).toBe(expected === 200);
    expect(told.map(({ code }) => code)).toEqual(expected === 500 ? ['config-invalid'] : []);
    expect(JSON.stringify(told.map(({ message, hint }) => message + hint))).not.toContain(signed.token);
  });

  it.each<[string, () => unknown, number]>([
    ['a signer', () => signer, 200],
    ['a promise of one', async () => signer, 200],
    ['none', () => undefined, 400],
    ['false', () => false, 400],
    ['a refusal', () => forbidden(), 403],
    ['a function', () => signer.sign, 500],
    ['options', () => ({ appId: 'app' }), 500],
    ['true', () => true, 500],
  ])('found by a function: %s', async (_, find, expected) => {
    const { status, body } = await ask({ signer: find });
    expect(status).toBe(expected);
    expect('token' in body).toBe(expected === 200);
  });
});

describe('onError itself', () => {
  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('log is full');
      },
    ],
    ['rejects', async () => Promise.reject(new Error('log is down'))],
  ])('changes no answer when it %s', async (_, onError) => {
    expect((await ask({ authorize: () => true, onError })).status).toBe(500);
  });
});
