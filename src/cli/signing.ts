import { isHmac, isRsa } from '../claims/algorithms.js';
import { isJaasAppId } from '../claims/jaas.js';
import { jsonObject } from '../plain.js';
import { createKeyRing, jaas, type SigningKey, type TokenSignerOptions } from '../server/index.js';
import { checkAppId } from '../server/jaas.js';
import { keyInText } from '../server/private-key.js';
import { parseRing } from '../server/ring-check.js';
import { readBytes } from './read-file.js';
import { type Io, UsageError } from './io.js';

export interface SigningArguments {
  domain: string;
  appId?: string | undefined;
  xmppDomain?: string | undefined;
  alg?: string | undefined;
  kid?: string | undefined;
  keyFile?: string | undefined;
}

/** Signer options from the command line and the environment. The secret is in JWT_APP_SECRET or in a file. */
export function signingFrom(given: SigningArguments, { env, now }: Io): TokenSignerOptions {
  const appId = given.appId ?? env['JWT_APP_ID'];
  if (!appId) throw new UsageError('The app id is missing: set JWT_APP_ID, or give --app-id.');
  const atJaas = isJaasAppId(appId);
  // Before the key: the placeholder of a guide needs none.
  if (atJaas) checkAppId(appId);
  const key = keyFrom(given, env, now);
  if (atJaas) {
    if (!('privateKey' in key)) throw new UsageError('JaaS needs a private key: --key-file KEY.pk --kid KID.');
    return { ...jaas({ appId, privateKey: key.privateKey, kid: key.kid }), now };
  }
  const domain = given.xmppDomain ?? env['XMPP_DOMAIN'] ?? new URL(`https://${given.domain}`).hostname;
  const issuer = firstNamed(env['JWT_ACCEPTED_ISSUERS']);
  const audience = firstNamed(env['JWT_ACCEPTED_AUDIENCES']);
  return {
    ...key,
    appId,
    domain,
    ...(issuer && { issuer }),
    ...(audience && { audience }),
    now,
    maxExpiresIn: 366 * 86_400,
  };
}

function keyFrom({ alg, kid, keyFile }: SigningArguments, env: Io['env'], now: () => number) {
  if (!keyFile) {
    const secret = env['JWT_APP_SECRET'];
    if (!secret) throw new UsageError('There is no key: set JWT_APP_SECRET, or give --key-file.');
    return sharedSecret(secret, alg);
  }
  const content = readBytes(keyFile);
  const text = content.toString('utf8').replace(/^\uFEFF/, '');
  const read = jsonObject(text);
  const json = typeof read === 'string' ? {} : read;
  if ('keys' in json) return { keys: createKeyRing(parseRing(text, JSON.stringify(keyFile)), { now }) };
  if ('kty' in json) {
    return privateKey(text, kid ?? (json['kid'] as string | undefined), alg ?? (json['alg'] as string | undefined));
  }
  if (isDer(content) || keyInText(text)) return privateKey(content, kid, alg);
  return sharedSecret(text.trim(), alg);
}

/** Whether a file is a key in binary form: a sequence of 256 bytes or more. A secret may begin with 0 as well. */
function isDer([tag, length]: Uint8Array): boolean {
  return tag === 0x30 && length === 0x82;
}

function sharedSecret(secret: string, alg = 'HS256'): SigningKey {
  if (!isHmac(alg)) throw new UsageError(`--alg ${alg} needs a private key: --key-file KEY.pem --kid KID`);
  return { secret, algorithm: alg };
}

function privateKey(key: string | Uint8Array, kid: string | undefined, alg = 'RS256'): SigningKey {
  if (!isRsa(alg)) throw new UsageError(`--alg ${alg} doesn’t go with a private key; use RS256.`);
  if (!kid) throw new UsageError('A private key needs --kid, the name under which Prosody asks for its public half.');
  return { privateKey: key, kid, algorithm: alg };
}

function firstNamed(list = ''): string | undefined {
  return list.split(',').find((item) => item !== '' && item !== '*');
}
