import { AccessError } from './access/read.js';
import { readAccess } from './access/watch.js';
import { faultOf } from './log.js';
import { createProvider } from './oidc.js';
import { type Environment, readSettings, type Settings, SettingsError } from './settings.js';
import { signingOf } from './signing.js';
import { createRedisStore } from './store/redis.js';

/** What is wrong before anything listens: one sentence each; empty where the server would start and work. */
export async function findProblems(env: Environment): Promise<string[]> {
  let settings: Settings;
  try {
    settings = readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return [...error.problems];
    throw error;
  }
  const found = [
    accessProblems(settings),
    keyProblems(settings),
    await providerProblems(settings),
    await redisProblems(settings),
  ];
  return found.flat();
}

function accessProblems({ accessFile }: Settings): string[] {
  try {
    return readAccess(accessFile).list.length > 0 ? [] : ['access.yaml has no rule, so nobody gets a token.'];
  } catch (error) {
    if (error instanceof AccessError) return [...error.problems];
    throw error;
  }
}

function keyProblems(settings: Settings): string[] {
  try {
    signingOf(settings, () => undefined).ring?.close();
    return [];
  } catch (error) {
    return [faultOf(error).fault.replace(/^\w+: /, '')];
  }
}

async function providerProblems(settings: Settings): Promise<string[]> {
  try {
    await createProvider(settings).configuration();
    return [];
  } catch {
    return ['OIDC_ISSUER: there is no identity provider at this address, or it can’t be reached from here.'];
  }
}

async function redisProblems({ redisUrl }: Settings): Promise<string[]> {
  if (redisUrl === null) return [];
  const store = createRedisStore(redisUrl);
  await store.ready();
  const { state } = store;
  await store.close();
  return state === 'connected' ? [] : ['REDIS_URL: Redis can’t be reached, or refuses this account.'];
}
