// How fast tokens are signed by jose alone, by the handler, and by the handler behind HTTP; and whether memory stays
// flat.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createTokenHandler, createTokenSigner, type SigningKey } from '../src/server/index.js';

const origin = 'https://app.example.org';
const body = JSON.stringify({ domain: 'meet.example.org', room: 'Weekly Review', tenant: 'acme' });
const concurrency = 32;

function handlerWith(key: SigningKey): (request: Request) => Promise<Response> {
  return createTokenHandler({
    signer: createTokenSigner({ ...key, appId: 'my_app', domain: 'meet.example.org' }),
    origin,
    tenants: ['acme'],
    authorize: () => ({
      user: { id: 'u-123456', name: 'Ada Lovelace', email: 'ada@example.org' },
      role: 'moderator',
      features: { recording: true, livestreaming: false },
    }),
  });
}

const ask = (): Request =>
  new Request(`${origin}/api/token`, { method: 'POST', headers: { 'content-type': 'application/json', origin }, body });

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

/** Calls per second, as many at a time as in `handlerRate`. */
async function rateOf(call: () => Promise<unknown>, milliseconds: number): Promise<number> {
  let calls = 0;
  const start = performance.now();
  while (performance.now() - start < milliseconds) {
    await Promise.all(Array.from({ length: concurrency }, call));
    calls += concurrency;
  }
  return (calls / (performance.now() - start)) * 1000;
}

/** The handler's own time, without the platform's work of making requests and sending answers. */
async function handlerRate(handler: (request: Request) => Promise<Response>, milliseconds: number): Promise<number> {
  let calls = 0;
  let time = 0;
  while (time < milliseconds) {
    const requests = Array.from({ length: concurrency }, ask);
    const start = performance.now();
    const responses = await Promise.all(requests.map(handler));
    time += performance.now() - start;
    calls += responses.length;
    if (responses.some(({ status }) => status !== 200)) throw new Error('The handler refused a request.');
  }
  return (calls / time) * 1000;
}

async function signing(name: string, key: SigningKey, bareKey: CryptoKey, header: { alg: string; kid?: string }) {
  const handler = handlerWith(key);
  const { claims } = await createTokenSigner({ ...key, appId: 'my_app', domain: 'meet.example.org' }).sign({
    room: 'weekly review',
    tenant: 'acme',
    user: { id: 'u-123456', name: 'Ada Lovelace', email: 'ada@example.org' },
    role: 'moderator',
    features: { recording: true, livestreaming: false },
  });
  const sign = (): Promise<string> => new SignJWT(claims).setProtectedHeader({ ...header, typ: 'JWT' }).sign(bareKey);
  const rates: [number, number][] = [];
  // In turns, so that other work of the machine slows both; the first round warms up.
  for (let turn = 0; turn < 8; turn += 1) rates.push([await rateOf(sign, 500), await handlerRate(handler, 500)]);
  const bare = median(rates.slice(1).map(([rate]) => rate));
  const handled = median(rates.slice(1).map(([, rate]) => rate));
  const share = Math.round((handled / bare) * 100);
  console.log(`${name}: bare jose ${round(bare)}/s, handler ${round(handled)}/s (${share} %)`);
}

/** Over HTTP with kept connections, the server in a process of its own. */
async function overHttp(secret: string): Promise<void> {
  const server = fork(fileURLToPath(import.meta.url), ['serve', secret], { execArgv: ['--import', 'tsx'] });
  const [port] = (await once(server, 'message')) as [number];
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const times: number[] = [];
  const end = performance.now() + 5000;
  const loop = async (): Promise<void> => {
    while (performance.now() < end) {
      const start = performance.now();
      await post(port, agent);
      times.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: 50 }, loop));
  const seconds = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): string => times[Math.floor(times.length * share)]!.toFixed(1);
  console.log(
    `HTTP, 50 at a time: ${round(times.length / seconds)}/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(0.99999)} ms`,
  );
  agent.destroy();
  server.kill();
}

function post(port: number, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length, origin };
    const request = httpRequest({ port, agent, method: 'POST', path: '/api/token', headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
      response.resume().once('end', resolve);
    });
    request.once('error', reject).end(body);
  });
}

async function memory(key: SigningKey): Promise<void> {
  const handler = handlerWith(key);
  const sizes: number[] = [];
  for (let round = 0; round <= 5; round += 1) {
    for (let call = 0; call < 20_000; call += concurrency) {
      await Promise.all(Array.from({ length: concurrency }, async () => (await handler(ask())).text()));
    }
    globalThis.gc?.();
    // Some objects are freed only in the second pass.
    await new Promise((resolve) => setTimeout(resolve, 50));
    globalThis.gc?.();
    sizes.push(process.memoryUsage().heapUsed);
  }
  const [first, ...rest] = sizes.map((size) => size / 1024 / 1024);
  const growth = rest.at(-1)! - first!;
  console.log(
    `Memory over 100,000 requests: ${first!.toFixed(1)} MB -> ${rest.at(-1)!.toFixed(1)} MB (${growth.toFixed(1)} MB more)`,
  );
}

const round = (value: number): string => Math.round(value).toLocaleString('en');

async function measure(): Promise<void> {
  console.log(`Node ${process.version}, ${availableParallelism()} cores`);
  const secret = 'b7e19c4d2f8a6035e1d7c9b4a2f60813';
  const bytes = new TextEncoder().encode(secret);
  const hmac = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  await signing('HS256', { secret }, hmac, { alg: 'HS256' });
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const rsa: SigningKey = { privateKey: await exportJWK(privateKey), kid: 'k' };
  await signing('RS256', rsa, privateKey, { alg: 'RS256', kid: 'k' });
  await overHttp(secret);
  await memory({ secret });
}

function serve(secret: string): void {
  const server: Server = createServer(getRequestListener(handlerWith({ secret })));
  server.listen(0, () => process.send!((server.address() as AddressInfo).port));
}

if (process.argv[2] === 'serve') serve(process.argv[3]!);
else await measure();
