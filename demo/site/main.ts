import { startPage } from '../page.js';
import { createBackend } from './backend.js';

const base = new URL('.', document.baseURI);
const api = new URL('api/', base).href;
const backend = createBackend(base.pathname);
const realFetch = globalThis.fetch;

// The element asks its token endpoint as on any page; here the answer comes from the page itself.
globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  if (!request.url.startsWith(api)) return realFetch(input, init);
  request.signal.throwIfAborted();
  return backend(request.url.slice(api.length).replace(/\?.*/, ''), request);
};

void startPage();
