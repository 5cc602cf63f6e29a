import { existsSync } from 'node:fs';
import type { JSONWebKeySet } from 'jose';
import { isObject, jsonObject } from '../plain.js';
import type { Deployment } from '../preflight/index.js';
import { createKeyRing, createKeyServer, type RingKey } from '../server/index.js';
import { hex, sha256 } from '../server/bytes.js';
import { UsageError } from './io.js';
import { readText } from './read-file.js';

const text = { type: 'string' } as const;

/** What a deployment holds against signatures, one of them. Without any it is the secret in JWT_APP_SECRET. */
export const keyOptions = {
  'public-key': { type: 'string', multiple: true },
  jwks: text,
  'key-ring': text,
  'secret-file': text,
} as const;

interface KeyValues {
  'public-key'?: string[] | undefined;
  jwks?: string | undefined;
  'key-ring'?: string | undefined;
  'secret-file'?: string | undefined;
}

/** `kid` is that of the token: a file without a name for its key is the one that the token names. */
export async function keysFrom(
  values: KeyValues,
  kid: string | undefined,
  now: () => number,
): Promise<Deployment['keys']> {
  const given = (Object.keys(keyOptions) as (keyof KeyValues)[]).filter((option) => values[option] !== undefined);
  if (given.length > 1)
    throw new UsageError(`--${given[0]} and --${given[1]} are two sources of keys; give the one that the server has.`);
  if (values['public-key']) return { publicKeys: namedKeys(values['public-key'], kid) };
  if (values.jwks !== undefined) return { jwks: keySet(values.jwks) };
  if (values['key-ring'] !== undefined) return ringKeys(values['key-ring'], now);
  if (values['secret-file'] !== undefined) return { secret: secretIn(values['secret-file']) };
  return undefined;
}

/** `FILE`, or `KID=FILE`. */
function namedKeys(given: readonly string[], kid: string | undefined): Record<string, string> {
  const named = given.map((argument): [string | undefined, string] => {
    const sign = existsSync(argument) ? -1 : argument.lastIndexOf('=');
    return sign < 0 ? [kid, argument] : [argument.slice(0, sign), argument.slice(sign + 1)];
  });
  if (named.length > 1 && given.some((argument, i) => named[i]![1] === argument))
    throw new UsageError('Several keys need names: --public-key KID=FILE.');
  return Object.fromEntries(named.map(([name, file]) => [name ?? '', publicKeyIn(file)]));
}

function publicKeyIn(file: string): string {
  const content = readText(file);
  if (content.trimStart().startsWith('{'))
    throw new UsageError(`${JSON.stringify(file)} is JSON. A set of keys (JWKS) is given by --jwks.`);
  return content;
}

function keySet(file: string): JSONWebKeySet {
  const content = readText(file);
  if (content.includes('-----BEGIN'))
    throw new UsageError(`${JSON.stringify(file)} is a PEM, not a set of keys (JWKS). It is given by --public-key.`);
  const parsed = parseObject(content);
  if (parsed && Array.isArray(parsed['keys']) && parsed['keys'].every(isObject))
    return { keys: parsed['keys'] } as JSONWebKeySet;
  if (parsed && typeof parsed['kty'] === 'string') return { keys: [parsed] } as unknown as JSONWebKeySet;
  throw new UsageError(`${JSON.stringify(file)} is not a set of keys (JWKS); expected {"keys": [...]}.`);
}

/** The secret that the ring signs with, or the public halves that it publishes, as a key server serves them. */
async function ringKeys(file: string, now: () => number): Promise<Deployment['keys']> {
  const keys = parseObject(readText(file))?.['keys'];
  if (!isRing(keys))
    throw new UsageError(`${JSON.stringify(file)} is not a key ring; one is made by: keys make --file NAME`);
  const ring = createKeyRing(keys, { now });
  const active = ring.active();
  if ('secret' in active && typeof active.secret === 'string') return { secret: active.secret };
  const serve = createKeyServer(ring);
  const published = await Promise.all(
    ring.published().map(async ({ kid }) => {
      const name = hex(await sha256(kid));
      const answer = await serve(new Request(`https://keys.invalid/${name}.pem`));
      return [kid, await answer.text()] as const;
    }),
  );
  return { publicKeys: Object.fromEntries(published) };
}

function secretIn(file: string): string {
  const secret = readText(file).replace(/\r?\n$/, '');
  if (!secret) throw new UsageError(`${JSON.stringify(file)} is empty; expected the secret.`);
  return secret;
}

const isRing = (value: unknown): value is RingKey[] =>
  Array.isArray(value) && value.length > 0 && value.every((key) => isObject(key) && typeof key['kid'] === 'string');

/** A JSON object. The parser's own message is not told: it may quote a key. */
function parseObject(content: string): Record<string, unknown> | undefined {
  const read = jsonObject(content);
  return typeof read === 'string' ? undefined : read;
}
