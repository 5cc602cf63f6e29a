import type { TokenProvider } from '../../../src/index.js';

/** Gets tokens by code of the page, here from the demo's own endpoint. */
export const tokenProvider: TokenProvider = async ({ domain, room, tenant, signal }) => {
  const response = await fetch('api/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ domain, room, tenant }),
    signal,
  });
  const { token } = (await response.json()) as { token: string };
  return token;
};

/** The same as it is written into a page. */
export const providerSource = `async ({ domain, room, tenant, signal }) => {
  const response = await fetch('/api/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ domain, room, tenant }),
    signal,
  });
  const { token } = await response.json();
  return token;
}`;
