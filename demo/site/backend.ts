import {
  createTokenHandler,
  createTokenSigner,
  forbidden,
  unauthorized,
  type TokenSigner,
} from '../../src/server/index.js';
import type { Config } from '../api.js';
import { answerBroken, isFault } from '../server/broken.js';
import { people, rightsOf, rooms } from '../server/people.js';
import { signing } from './deployment.js';

/**
 * The demo's backend in the page, for a web server that only has files: it signs in the demo's people, and signs tokens
 * for the stand-in.
 *
 * @param home where a person signs in: the page itself
 */
export function createBackend(home: string): (path: string, request: Request) => Promise<Response> {
  const signedIn = new Set<string>();
  let last: string | null = null;

  const tokens = (signer: TokenSigner, request: Request): Promise<Response> =>
    createTokenHandler({
      signer,
      domains: [location.host],
      tenants: ['acme'],
      authorize: ({ room, tenant }) => {
        const as = new URL(request.url).searchParams.get('as') ?? last;
        const person = people.find(({ id }) => id === as && signedIn.has(id));
        if (!person) return unauthorized(home);
        return rightsOf(person, room, tenant) ?? forbidden(`${person.name} may not join this room.`);
      },
    })(request);

  const config: Config = {
    domain: location.host,
    standin: true,
    serverless: true,
    breakable: true,
    signIn: null,
    rooms,
    apiSrc: 'standin/external_api.js',
    deployment: {
      appId: signing().appId,
      acceptedIssuers: [signing().appId],
      requireRoomClaim: true,
      domainVerification: true,
      xmppDomain: location.hostname,
      algorithm: 'HS256',
    },
  };

  const me = (): Response => Response.json({ person: people.find(({ id }) => id === last) ?? null });

  return async (path, request) => {
    const [first, second = ''] = path.split('/');
    switch (first) {
      case 'config':
        return Response.json(config);
      case 'people':
        return Response.json(people);
      case 'me':
        return me();
      case 'sign-in':
        ({ person: last } = (await request.json()) as { person: string });
        signedIn.add(last!);
        return me();
      case 'sign-out':
        signedIn.clear();
        last = null;
        return new Response(null, { status: 204 });
      case 'token':
        return tokens(createTokenSigner(signing()), request);
      case 'broken':
        if (second === '401') return unauthorized(home).toResponse();
        if (isFault(second)) return answerBroken(second, request, signing(), (signer) => tokens(signer, request));
    }
    return new Response(null, { status: 404 });
  };
}
