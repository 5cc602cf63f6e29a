import type { CryptoKey, JWK } from 'jose';
import { areFactors, bitLength, readDer } from './der.js';
import type { UnusableKey } from './key-kinds.js';

/** An RSA private key as WebCrypto takes it. */
export type KeyMaterial = { pkcs8: Uint8Array<ArrayBuffer> } | { jwk: JWK } | { key: CryptoKey };

export type Reading = KeyMaterial | UnusableKey;

/** Node's `createPrivateKey(...)`. */
interface NodeKey {
  type: string;
  export(options: { format: 'jwk' }): JWK;
}

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const;
const dash = '[-\\u2010-\\u2015]';
const begin = new RegExp(`${dash}{2,}\\s*BEGIN ([A-Z0-9 ]+?)\\s*${dash}{2,}`);
const block = new RegExp(`${begin.source}([^]*?)${dash}{2,}\\s*END \\1\\s*${dash}{2,}`, 'g');
const someFolder =
  /^(?:\/(?:run|etc|var|opt|usr|srv|mnt|tmp|data|app|home|root)\/|~\/|\.{1,2}[/\\]|[A-Za-z]:[/\\]|file:)/;

/** Reads a private key in any of its usual forms, or says what it is instead. Says nothing of its numbers. */
export function readPrivateKey(given: unknown, algorithm: string): Reading {
  if (given === undefined || given === null) return 'missing';
  if (typeof given === 'string') return readText(given, algorithm);
  if (isBytes(given)) return readBytes(given, algorithm);
  if (typeof given !== 'object' || Array.isArray(given)) return 'bytes';
  if (isCryptoKey(given)) return checkCryptoKey(given, algorithm);
  if (isNodeKey(given))
    return given.type === 'private' ? readJwk(given.export({ format: 'jwk' }), algorithm) : notPrivate(given);
  return readJwk(given as JWK, algorithm);
}

/** Bytes of this realm or of another one: a test runner and a worker have a `Uint8Array` of their own. */
export const isBytes = (value: unknown): value is Uint8Array<ArrayBuffer> =>
  ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';

/** What a text is that can't be meant as a shared secret: some kind of key, a certificate, or a path. */
export function keyInText(text: string): 'private' | 'public' | 'path' | 'jwk' | null {
  const reading = readText(text, 'RS256');
  if (typeof reading !== 'string') return 'private';
  if (reading === 'path') return someFolder.test(text.trim()) ? 'path' : null;
  if (reading === 'public' || reading === 'certificate' || reading === 'jwkPublic') return 'public';
  if (reading === 'jwkSecret' || reading === 'set') return 'jwk';
  if (reading === 'empty' || reading === 'unknown' || reading === 'jwkKind' || reading === 'jwkBroken') return null;
  // A few bytes may look like DER without being a key.
  return reading === 'truncated' && !begin.test(text) ? null : 'private';
}

function readText(raw: string, algorithm: string, nested = false): Reading {
  const text = tidy(raw);
  if (text === '') return 'empty';
  if (text.startsWith('{')) return readJson(text, algorithm);
  if (begin.test(text)) return readPem(text);
  if (text.startsWith('PuTTY-User-Key-File')) return 'putty';
  if (/^(?:ssh-|ecdsa-)[\w-]+ AAAA|^-+ BEGIN SSH2 PUBLIC/.test(text)) return 'public';
  if (isPath(text)) return 'path';
  const bytes = fromBase64(text);
  if (!bytes) return 'unknown';
  if (bytes[0] === 0x30) return fromDer(bytes);
  return nested ? 'unknown' : readText(new TextDecoder().decode(bytes), algorithm, true);
}

/** Without what editors, shells, .env files and JSON put around a key or in place of its line breaks. */
function tidy(raw: string): string {
  // eslint-disable-next-line no-control-regex -- UTF-16 that was read as UTF-8 has a NUL after each character.
  const bare = raw.replace(/[\0\uFEFF\uFFFD\u200B]/g, '').trim();
  // In JSON, \n is JSON's own.
  if (bare.startsWith('{')) return bare;
  const text = withLineBreaks(bare).trim();
  const inner = /^(["'`])([^]*)\1[,;]?$/.exec(text)?.[2];
  if (inner === undefined) return text;
  return tidy(inner.trimStart().startsWith('{') ? inner.replaceAll('\\"', '"') : inner);
}

function withLineBreaks(text: string): string {
  return text.replace(/\\+[rn]/g, '\n');
}

function readPem(text: string): Reading {
  const blocks = [...text.matchAll(block)].map(([, label, body]) => ({ label: label!, body: body! }));
  // Files that hold the certificate or the curve beside the key are usual.
  const privates = blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'));
  if (privates.length > 1) return 'several';
  const [one = blocks[0]] = privates;
  if (!one || (privates.length === 0 && /PRIVATE KEY/.test(text))) return 'truncated';
  const { label, body } = one;
  if (label === 'ENCRYPTED PRIVATE KEY' || /Proc-Type:[^]*ENCRYPTED/.test(body)) return 'encrypted';
  if (/CERTIFICATE/.test(label)) return 'certificate';
  if (/PUBLIC KEY/.test(label)) return 'public';
  if (label === 'EC PRIVATE KEY' || label === 'EC PARAMETERS') return 'ec';
  if (label === 'DSA PRIVATE KEY') return 'dsa';
  const bytes = fromBase64(body);
  if (label === 'OPENSSH PRIVATE KEY') return bytes ? opensshKind(bytes) : 'openssh';
  if (!bytes) return 'damaged';
  const reading = fromDer(bytes);
  return reading === 'unknown' ? 'damaged' : reading;
}

/** What the key will be once it is converted. */
function opensshKind(bytes: Uint8Array): UnusableKey {
  const text = new TextDecoder('latin1').decode(bytes);
  if (text.includes('ssh-ed25519')) return 'ed25519';
  if (text.includes('ecdsa-sha2-')) return 'ec';
  return text.includes('ssh-dss') ? 'dsa' : 'openssh';
}

function readBytes(bytes: Uint8Array, algorithm: string): Reading {
  return bytes[0] === 0x30 ? fromDer(new Uint8Array(bytes)) : readText(new TextDecoder().decode(bytes), algorithm);
}

function fromDer(bytes: Uint8Array<ArrayBuffer>): Reading {
  const key = readDer(bytes);
  if (typeof key === 'string') return key;
  return key.bits < 2048 ? 'small' : { pkcs8: key.pkcs8 };
}

function readJson(text: string, algorithm: string): Reading {
  for (const json of [text, withLineBreaks(text)]) {
    try {
      return readJwk(JSON.parse(json) as JWK, algorithm);
    } catch {
      // The parser's message may quote the key.
    }
  }
  return 'jwkBroken';
}

function readJwk(jwk: JWK, algorithm: string): Reading {
  if ('keys' in jwk) return 'set';
  if ('privateKey' in jwk && 'publicKey' in jwk) return 'pair';
  if (jwk.kty === 'EC') return 'ec';
  if (jwk.kty === 'OKP') return 'ed25519';
  if (jwk.kty === 'oct') return 'jwkSecret';
  if (jwk.kty !== 'RSA') return 'jwkKind';
  if (jwk.use !== undefined && jwk.use !== 'sig') return 'jwkUse';
  if (jwk.key_ops !== undefined && !(Array.isArray(jwk.key_ops) && jwk.key_ops.includes('sign')) && jwk.d)
    return 'jwkUse';
  if (jwk.alg !== undefined && jwk.alg !== algorithm) return 'jwkAlgorithm';
  if (privateMembers.every((name) => jwk[name] === undefined)) return 'jwkPublic';
  const { n, e } = jwk;
  const members = Object.fromEntries(privateMembers.map((name) => [name, jwk[name]]));
  if ([n, e, ...Object.values(members)].some((value) => typeof value !== 'string' || value === ''))
    return 'jwkIncomplete';
  const [modulus, p, q] = [n, jwk.p, jwk.q].map((value) => fromBase64(value!));
  if (!modulus || !p || !q || !areFactors(modulus, p, q)) return 'damaged';
  return bitLength(modulus) < 2048 ? 'small' : { jwk: { kty: 'RSA', n: n!, e: e!, ...members } };
}

function checkCryptoKey(key: CryptoKey, algorithm: string): Reading {
  if (key.type === 'public') return 'public';
  if (key.type === 'secret') return 'secretKey';
  const { name, hash, modulusLength } = key.algorithm as RsaHashedKeyAlgorithm;
  if (name.startsWith('EC')) return 'ec';
  if (/^(?:Ed|X)\d/.test(name)) return 'ed25519';
  if (name !== 'RSASSA-PKCS1-v1_5' || hash.name !== `SHA-${algorithm.slice(2)}`) return 'keyAlgorithm';
  if (!key.usages.includes('sign')) return 'keyUse';
  return modulusLength < 2048 ? 'small' : { key };
}

// A key may come from another realm, so its constructor says nothing.
function isCryptoKey(value: object): value is CryptoKey {
  return Object.prototype.toString.call(value) === '[object CryptoKey]';
}

function isNodeKey(value: object): value is NodeKey {
  return 'export' in value && typeof value.export === 'function' && 'type' in value;
}

function notPrivate({ type }: NodeKey): UnusableKey {
  return type === 'public' ? 'public' : 'secretKey';
}

function isPath(text: string): boolean {
  if (/\s/.test(text) || text.length > 1000) return false;
  return (
    someFolder.test(text) ||
    /^[\w./\\-]*\.(?:pem|key|pk|p8|p12|pfx|der|jwk|json|ppk)$/i.test(text) ||
    /^\/[\w.-]+$/.test(text)
  );
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const body = text.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');
  if (body === '' || !/^[A-Za-z0-9+/]+=*$/.test(body)) return null;
  try {
    return Uint8Array.from(atob(body.replace(/=+$/, '')), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
