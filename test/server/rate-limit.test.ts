import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoApp } from '../../demo/server/app.js';
import { readSettings } from '../../demo/server/settings.js';
import { missing } from '../../scripts/programs.js';
import { createRateLimit } from '../../server/src/rate-limit.js';
import { ask, type HttpsAnswer } from '../support/https-client.js';
import { freePort, run, type Running } from '../support/processes.js';

describe('one process', () => {
  it('limits one person to so many tokens a minute, and serves the others', async () => {
    const origin = 'https://localhost:8443';
    const app = createDemoApp(readSettings({}), { rateLimit: createRateLimit(20, null) });
    const headers = { 'content-type': 'application/json', origin };
    const cookieOf = async (person: string): Promise<string> => {
      const body = JSON.stringify({ person });
      const response = await app.request(`${origin}/api/sign-in`, { method: 'POST', headers, body });
      return response.headers.get('set-cookie')!.split(';')[0]!;
    };
    const body = JSON.stringify({ domain: 'localhost:8443', room: 'board' });
    const token = (cookie: string): Promise<Response> =>
      Promise.resolve(app.request(`${origin}/api/token`, { method: 'POST', headers: { ...headers, cookie }, body }));
    const [ada, grace] = [await cookieOf('ada'), await cookieOf('grace')];

    const flood = await Promise.all(Array.from({ length: 1000 }, () => token(ada)));
    expect(flood.filter((response) => response.status === 200)).toHaveLength(20);
    const refused = flood.filter((response) => response.status === 429);
    expect(refused).toHaveLength(980);
    const wait = Number(refused[0]!.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect((await token(grace)).status).toBe(200);
  });
});

const reason = missing('redis-server');

describe.skipIf(reason)(`two processes and one Redis ${reason ?? ''}`, () => {
  const env = {
    PORT: '0',
    JWT_APP_SECRET: 'one secret for both processes of the test',
    DEMO_SESSION_SECRET: 'one session secret for both processes',
    TOKENS_PER_MINUTE: '12',
  };
  let redis: Running;
  let redisPort: number;
  let demos: { process: Running; url: string }[] = [];

  function startRedis(): Running {
    return run('redis-server', [
      '--port',
      String(redisPort),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
    ]);
  }

  beforeAll(async () => {
    redisPort = await freePort();
    redis = startRedis();
    await redis.printed(/Ready to accept connections/);
    const start = async (): Promise<{ process: Running; url: string }> => {
      const process = run('node', ['--import', 'tsx', 'demo/server/start.ts'], {
        ...env,
        REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      });
      return { process, url: (await process.printed(/^https:\S+/m))[0] };
    };
    demos = await Promise.all([start(), start()]);
  }, 120_000);

  afterAll(async () => {
    await Promise.all(demos.map(({ process }) => process.stop()));
    await redis?.stop();
  });

  async function cookieOf(person: string): Promise<string> {
    const { url } = demos[0]!;
    const headers = { 'content-type': 'application/json', origin: url };
    const answer = await ask(`${url}/api/sign-in`, { method: 'POST', headers, body: JSON.stringify({ person }) });
    return answer.headers['set-cookie']![0]!.split(';')[0]!;
  }

  function token(demo: number, cookie: string): Promise<HttpsAnswer> {
    const { url } = demos[demo]!;
    const body = JSON.stringify({ domain: new URL(url).host, room: 'lobby-bar' });
    const headers = { 'content-type': 'application/json', origin: url, cookie };
    return ask(`${url}/api/token`, { method: 'POST', headers, body });
  }

  /** How many of `times` requests, to both in turn, got a token. */
  async function served(cookie: string, times: number): Promise<number> {
    const answers = await Promise.all(Array.from({ length: times }, (_, index) => token(index % 2, cookie)));
    expect(answers.filter(({ status }) => status !== 200 && status !== 429)).toEqual([]);
    return answers.filter(({ status }) => status === 200).length;
  }

  it('share one limit and one session; without Redis they go on, each with its own limit, and come back', async () => {
    expect(await served(await cookieOf('ada'), 40)).toBe(12);

    await redis.stop();
    await Promise.all(demos.map(({ process }) => process.printed(/Redis is down/)));
    expect(await served(await cookieOf('grace'), 80)).toBe(24);

    redis = startRedis();
    await Promise.all(demos.map(({ process }) => process.printed(/Redis is back/)));
    expect(await served(await cookieOf('gus'), 40)).toBe(12);
    for (const { process } of demos) expect(process.output().match(/Redis is down/g)).toHaveLength(1);
  }, 60_000);
});
