import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveHttps, type HttpsServer } from '../../demo/https.js';
import { createTokenHandler, createTokenSigner } from '../../src/server/index.js';
import { ask } from '../support/https-client.js';

const signer = createTokenSigner({ appId: 'app', domain: 'meet.example.org', secret: 's'.repeat(32) });
const limits = { head: 300, request: 2500, look: 50 };
const body = '{"room":"daily"}';

let server: HttpsServer;
let socket: TLSSocket;
let dripping: NodeJS.Timeout;

beforeEach(async () => {
  const bodyTimeout = 200;
  const tokens = createTokenHandler({ signer, authorize: () => ({ user: { id: 'ada' } }), bodyTimeout });
  // Of the two paths, one has a limit of its own for bodies.
  const fetch = async (request: Request): Promise<Response> =>
    request.url.endsWith('/token') ? tokens(request) : new Response(await request.text());
  server = await serveHttps({ fetch }, { limits });
  socket = connect({ port: Number(new URL(server.origin).port), rejectUnauthorized: false });
  // A server that has had enough may cut the line.
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
});

afterEach(async () => {
  clearInterval(dripping);
  socket.destroy();
  await server.close();
});

const head = (path: string, length: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: ${server.host}\r\nContent-Type: application/json\r\n${length}\r\n\r\n`;

/** Sends one byte every 10 ms, for ever. */
function drip(byte: string): void {
  dripping = setInterval(() => socket.writable && socket.write(byte), 10);
}

/** What was answered until the server closed the line, and after how many ms. */
async function untilClosed(): Promise<{ answer: string; after: number }> {
  const start = performance.now();
  let answer = '';
  socket.on('data', (chunk: Buffer) => void (answer += chunk.toString()));
  if (!socket.closed) await once(socket, 'close');
  return { answer, after: performance.now() - start };
}

async function othersAreServed(): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const { status } = await ask(`${server.origin}/token`, { method: 'POST', headers, body });
  expect(status).toBe(200);
}

describe('a client that is slow on purpose is cut off, and the others are served meanwhile', () => {
  it.each([
    ['with a length', 'Content-Length: 1000', 'x'],
    ['without a length', 'Transfer-Encoding: chunked', '1\r\nx\r\n'],
  ])('sending a body byte by byte, %s', async (_, length, byte) => {
    socket.write(head('/token', length));
    drip(byte);
    await othersAreServed();
    const { answer, after } = await untilClosed();
    expect(answer).toMatch(/^HTTP\/1.1 408 [^]*application\/problem\+json/);
    expect(after).toBeLessThan(limits.request);
  });

  it('sending headers byte by byte', async () => {
    socket.write(`POST /token HTTP/1.1\r\nX-Slow: `);
    drip('x');
    await othersAreServed();
    const { answer, after } = await untilClosed();
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(after).toBeLessThan(limits.request);
  });

  it('sending a body to something that waits for all of it', async () => {
    socket.write(head('/other', 'Content-Length: 1000'));
    drip('x');
    await othersAreServed();
    const { after } = await untilClosed();
    expect(after).toBeLessThan(limits.request + 1000);
  });

  it('sending nothing after it connected', async () => {
    await othersAreServed();
    const { after } = await untilClosed();
    expect(after).toBeLessThan(limits.request);
  });
});
