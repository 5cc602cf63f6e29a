import { once } from 'node:events';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import { freePort } from '../../../test/support/processes.js';

export interface TestProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  close(): void;
}

/** Groups by login. */
const groups: Record<string, string[] | undefined> = {
  alice: ['board', 'staff'],
  bob: ['staff'],
  gone: ['former', 'board'],
};

/** A real identity provider on this machine, whose pages take any password. Its mail addresses are verified. */
export async function startProvider(redirectUris: readonly string[]): Promise<TestProvider> {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const [clientId, clientSecret] = ['meetings', 'c'.repeat(40)];
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris }],
    claims: { openid: ['sub', 'groups'], profile: ['name'], email: ['email', 'email_verified'] },
    scopes: ['openid', 'profile', 'email'],
    pkce: { required: () => true },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: `${id} of the provider`,
        email: `${id}@example.org`,
        email_verified: true,
        groups: groups[id],
      }),
    }),
    cookies: { keys: ['k'.repeat(32)] },
  });
  const server = createServer(provider.callback()).listen(port);
  await once(server, 'listening');
  return { issuer, clientId, clientSecret, close: () => void server.close() };
}
