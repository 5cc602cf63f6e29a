// The token server of server/ in two processes with one Redis, as it is built: how long a decision of 1,000 rules takes,
// how long tokens take at 10,000 a minute, also while access.yaml changes, how many it makes at most, and whether memory
// stays flat over 200,000. `npm run bench -- token-server [TOKENS [SECONDS]]`
import { rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { decide } from '../server/src/access/decide.js';
import { readRules } from '../server/src/access/read.js';
import { settingsFor, writeAccess } from '../server/test/support/settings.js';
import { startProvider } from '../server/test/support/provider.js';
import { Visitor } from '../server/test/support/visitor.js';
import { freePort, run, type Running } from '../test/support/processes.js';

const tokens = Number(process.argv[3] ?? 200_000);
/** Of each run by the clock. */
const seconds = Number(process.argv[4] ?? 30);
const metricsToken = 'm'.repeat(32);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const body = JSON.stringify({ domain: 'meet.example.org', room: 'Board' });

/** 1,000 rules, of which the last one counts. */
const rules = `rules:\n${Array.from(
  { length: 999 },
  (_, number) => `  - { who: { group: g${number} }, rooms: ['Room ${number} *', 'Other ${number}'] }`,
).join('\n')}\n  - { who: { group: board }, rooms: [Board], role: moderator }\n`;

async function start(): Promise<{ urls: string[]; cookie: string; accessFile: string; stop(): Promise<void> }> {
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
    accessFile,
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

/** Milliseconds until the token was there, from when it should have been asked for. */
function ask(url: string, cookie: string, begin = performance.now()): Promise<number> {
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
  /** Rules that count now. */
  rules: number;
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
    rules: value('jitsi_server_access_rules'),
  };
}

function summary(times: number[]): string {
  times.sort((one, other) => one - other);
  const at = (share: number): string => times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
}

/**
 * So many a minute by the clock, whether or not the ones before have come: a server that stops for a moment delays all
 * that were due in it, and each counts.
 */
async function paced(urls: string[], cookie: string, perMinute: number): Promise<{ times: number[]; refused: number }> {
  const answers: Promise<number | null>[] = [];
  const begin = performance.now();
  const wanted = Math.floor((perMinute / 60) * seconds);
  while (answers.length < wanted) {
    const due = Math.min(wanted, Math.floor(((performance.now() - begin) / 60_000) * perMinute));
    while (answers.length < due) {
      const at = begin + (answers.length / perMinute) * 60_000;
      answers.push(ask(urls[answers.length % urls.length]!, cookie, at).catch(() => null));
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const all = await Promise.all(answers);
  const times = all.filter((time) => time !== null);
  return { times, refused: all.length - times.length };
}

async function tenThousandAMinute(urls: string[], cookie: string): Promise<void> {
  const { times, refused } = await paced(urls, cookie, 10_000);
  console.log(`10,000 tokens a minute for ${seconds} s: ${summary(times)}, ${refused} refused`);
}

/** The same while access.yaml changes, now and then to something that is not YAML. */
async function reloading(urls: string[], cookie: string, accessFile: string): Promise<void> {
  const seen = new Set<number>();
  let turn = 0;
  const timer = setInterval(() => {
    turn += 1;
    const more = Array.from({ length: turn }, (_, number) => `  - { who: { group: late${number} }, rooms: Late }\n`);
    writeFileSync(accessFile, turn % 3 === 0 ? 'rules: [' : rules + more.join(''));
    for (const url of urls) void usageOf(url).then((usage) => seen.add(usage.rules));
  }, 4500);
  const { times, refused } = await paced(urls, cookie, 10_000);
  clearInterval(timer);
  writeFileSync(accessFile, rules);
  console.log(
    `The same while access.yaml changes (${turn} times, ${seen.size} sets of rules seen): ${summary(times)}, ${refused} refused`,
  );
}

/** By the last of 1,000 rules. */
function decisions(): void {
  const { list } = readRules(rules, 'access.yaml');
  const person = { id: 'alice', name: 'Alice', groups: ['staff', 'board'], claims: {} };
  const place = { room: 'board', tenant: null };
  const times = Array.from({ length: 20_000 }, () => {
    const begin = performance.now();
    if (decide(list, person, place)?.grant?.role !== 'moderator') throw new Error('The last rule doesn’t count.');
    return performance.now() - begin;
  });
  times.sort((one, other) => one - other);
  const [median, p99] = [0.5, 0.99].map((share) => (times[Math.floor(times.length * share)]! * 1000).toFixed(0));
  console.log(`A decision of ${list.length.toLocaleString('en')} rules: p50 ${median} µs, p99 ${p99} µs`);
}

async function flatOut(urls: string[], cookie: string): Promise<void> {
  let asked = 0;
  const times: number[] = [];
  const marks = [tokens / 4, tokens / 2, tokens].map(Math.floor);
  const before = await Promise.all(urls.map(usageOf));
  const memories: Usage[][] = [before];
  const begin = performance.now();
  const loop = async (): Promise<void> => {
    while (asked < tokens) {
      asked += 1;
      times.push(await ask(urls[asked % urls.length]!, cookie));
      if (marks.includes(times.length)) memories.push(await Promise.all(urls.map(usageOf)));
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
    const counts = marks.map((mark) => mark.toLocaleString('en')).join(', ');
    console.log(
      `Memory of ${new URL(url).port} at the start and after ${counts}, MB: heap ${heaps}; resident ${sizes}`,
    );
  }
}

console.log(
  `Node ${process.version}, ${availableParallelism()} cores for two processes, Redis, 1,000 rules, and the client`,
);
decisions();
const { urls, cookie, accessFile, stop } = await start();
try {
  // A start is slower than what follows.
  for (let number = 0; number < 500; number += 1) await ask(urls[number % 2]!, cookie);
  await tenThousandAMinute(urls, cookie);
  await reloading(urls, cookie, accessFile);
  await flatOut(urls, cookie);
} finally {
  agent.destroy();
  await stop();
}
