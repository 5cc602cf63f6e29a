import type { TokenEndpoint, TokenRequest } from './types.js';
import { tokenCredentials, tokenMethods } from './words.js';

/** What is given to `fetch`. */
export interface EndpointRequest {
  url: URL;
  init: RequestInit;
}

/** The request for a token; `undefined` for an endpoint that can't be asked. */
export function endpointRequest(
  endpoint: TokenEndpoint,
  { domain, room, tenant }: Pick<TokenRequest, 'domain' | 'room' | 'tenant'>,
  baseUrl: string | undefined,
): EndpointRequest | undefined {
  const url = addressOf(endpoint, baseUrl);
  const method = (endpoint.method || 'post').toLowerCase();
  const credentials = (endpoint.credentials || 'same-origin').toLowerCase();
  if (!url || !isWord(method, tokenMethods) || !isWord(credentials, tokenCredentials)) return undefined;
  const question = { domain, room, tenant };
  const init: RequestInit = {
    method: method.toUpperCase(),
    credentials: credentials as RequestCredentials,
    cache: 'no-store',
    // A page may tell its whole address to all that it asks (`Referrer-Policy: unsafe-url`), and that may hold secrets.
    referrerPolicy: 'strict-origin-when-cross-origin',
    headers: { accept: 'application/json, application/jwt, text/plain' },
  };
  if (method === 'get') {
    for (const [name, value] of Object.entries(question)) if (value !== null) url.searchParams.set(name, value);
  } else {
    init.headers = { ...init.headers, 'content-type': 'application/json' };
    init.body = JSON.stringify(question);
  }
  return { url, init };
}

/** `undefined` for an invalid address, and for one that shows a name and a password. */
function addressOf({ url }: TokenEndpoint, baseUrl: string | undefined): URL | undefined {
  if (!URL.canParse(url, baseUrl)) return undefined;
  const address = new URL(url, baseUrl);
  return address.username || address.password ? undefined : address;
}

const isWord = (word: string, words: readonly string[]): boolean => words.includes(word);
