// The token server of server/ in two processes with one Redis, as it is built: how long tokens take at 10,000 a minute,
// how many it makes at most, and whether memory stays flat over 200,000. `npm run bench -- token-server [TOKENS]`
import { rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { settingsFor, writeAccess } from '../server/test/support/settings.js';
import { startProvider } from '../server/test/support/provider.js';
import { Visitor } from '../server/test/support/visitor.js';
import { freePort, run, type Running } from '../test/support/processes.js';

const tokens = Number(process.argv[3] ?? 200_000);
const metricsToken = 'm'.repeat(32);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const body = JSON.stringify({ domain: 'meet.example.org', room: 'Board' });

/** 1,000 rules, of which the last one counts. */
const rules = `rules:\n${Array.from(
  { length: 999 },
  (_, number) => `  - { who: { group: g${number} }, rooms: ['Room ${number} *', 'Other ${number}'] }`,
).join('\n')}\n  - { who: { group: board }, rooms: [Board], role: moderator }\n`;

async function start(): Promise<{ urls: string[]; cookie: string; stop(): Promise<void> }> {
  const redisPort = await freePort();
  const redis = run('redis-server', ['--port', String(redisPort), '--save', '', '--appendonly', 'no']);
  await redis.printed(/Ready to accept connections/);
  const ports = [await freePort(), await freePort()];
  const urls = ports.map((port) => `http://localhost:${port}`);
  const provider = await startProvider([`${urls[0]}/api/oidc/callback`]);
  const accessFile = writeAccess(rules);
  const env = {
    ...settingsFor(provider, urls[0]!),
    REDIS_URL: `redis://127.0.0.1:${redisPort}`,
    ACCESS_FILE: accessFile,
    METRICS_TOKEN: metricsToken,
    TOKENS_PER_MINUTE: '1000000',
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
  };
  const servers: Running[] = ports.map((port) =>
    run(process.execPath, ['server/dist/main.js'], { ...env, PORT: String(port) }),
  );
  for (const url of urls)
    await until(() =>
      fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  const alice = new Visitor(urls[0]!);
  await alice.signIn('alice');
  const cookie = [...alice.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    urls,
    cookie,
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
      await redis.stop();
      provider.close();
      rmSync(dirname(accessFile), { recursive: true });
    },
  };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Milliseconds until the token was there. */
function ask(url: string, cookie: string): Promise<number> {
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length, cookie };
    const request = httpRequest(`${url}/api/token`, { agent, method: 'POST', headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
      response.resume().once('end', () => resolve(performance.now() - begin));
    });
    request.once('error', reject).end(body);
  });
}

interface Usage {
  /** MB. */
  heap: number;
  resident: number;
  /** Seconds of a processor since the start. */
  processor: number;
}

async function usageOf(url: string): Promise<Usage> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } });
  const text = await response.text();
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)![1]);
  const megabytes = (name: string): number => value(name) / 1024 / 1024;
  return {
    heap: megabytes('nodejs_heap_size_used_bytes'),
    resident: megabytes('process_resident_memory_bytes'),
    processor: value('process_cpu_seconds_total'),
  };
}

function summary(times: number[]): string {
  times.sort((one, other) => one - other);
  const at = (share: number): string => times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
}

/** One after the other by the clock, whether or not the ones before have come. */
async function paced(urls: string[], cookie: string, perMinute: number, seconds: number): Promise<void> {
  const times: Promise<number>[] = [];
  const begin = performance.now();
  const wanted = (perMinute / 60) * seconds;
  while (times.length < wanted) {
    const due = Math.min(wanted, Math.floor(((performance.now() - begin) / 60_000) * perMinute));
    while (times.length < due) times.push(ask(urls[times.length % urls.length]!, cookie));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  console.log(
    `${perMinute.toLocaleString('en')} tokens a minute for ${seconds} s: ${summary(await Promise.all(times))}`,
  );
}

async function flatOut(urls: string[], cookie: string): Promise<void> {
  let asked = 0;
  const times: number[] = [];
  const memories: Usage[][] = [];
  const before = await Promise.all(urls.map(usageOf));
  const begin = performance.now();
  const loop = async (): Promise<void> => {
    while (asked < tokens) {
      asked += 1;
      times.push(await ask(urls[asked % urls.length]!, cookie));
      if (times.length % (tokens / 5) === 0) memories.push(await Promise.all(urls.map(usageOf)));
    }
  };
  await Promise.all(Array.from({ length: 32 }, loop));
  const rate = Math.round((times.length / (performance.now() - begin)) * 1000);
  console.log(
    `${tokens.toLocaleString('en')} tokens, 32 at a time: ${rate.toLocaleString('en')} a second, ${summary(times)}`,
  );
  const after = await Promise.all(urls.map(usageOf));
  const processor = after.reduce((sum, { processor: spent }, index) => sum + spent - before[index]!.processor, 0);
  console.log(
    `Of a processor for each token: ${((processor / tokens) * 1000).toFixed(2)} ms, HTTP, session, Redis and signature included`,
  );
  for (const [index, url] of urls.entries()) {
    const [heaps, sizes] = (['heap', 'resident'] as const).map((kind) =>
      memories.map((memory) => memory[index]![kind].toFixed(0)).join(', '),
    );
    console.log(`Memory of ${new URL(url).port} at each fifth, MB: heap ${heaps}; resident ${sizes}`);
  }
}

console.log(
  `Node ${process.version}, ${availableParallelism()} cores for two processes, Redis, 1,000 rules, and the client`,
);
const { urls, cookie, stop } = await start();
try {
  await flatOut(urls, cookie);
  await paced(urls, cookie, 10_000, 30);
} finally {
  agent.destroy();
  await stop();
}
