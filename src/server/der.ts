import { hex } from './bytes.js';
import type { UnusableKey } from './key-kinds.js';

/** What a key in binary form is: an RSA private key ready for WebCrypto, or the reason why it can't sign. */
export type DerKey = { pkcs8: Uint8Array<ArrayBuffer>; bits: number } | UnusableKey;

interface Element {
  tag: number;
  value: Uint8Array<ArrayBuffer>;
  /** Where the next one begins. */
  end: number;
}

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const SEQUENCE = 0x30;

/** The object identifiers of what a private or public key is for. */
const purposes: Record<string, UnusableKey | 'rsa'> = {
  '2a864886f70d010101': 'rsa',
  '2a864886f70d01010a': 'pss',
  '2a8648ce3d0201': 'ec',
  '2b6570': 'ed25519',
  '2b6571': 'ed25519',
  '2b656e': 'ed25519',
  '2b656f': 'ed25519',
  '2a8648ce380401': 'dsa',
};

/** RFC 8017 A.1.2 and RFC 5208: version 0, then `rsaEncryption` with the parameters NULL. */
const rsaPrefix = [
  0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 5, 0,
];

/** Tells by the structure what a DER file holds, as a body without its PEM header says nothing else about itself. */
export function readDer(bytes: Uint8Array<ArrayBuffer>): DerKey {
  if (bytes[0] !== SEQUENCE) return 'unknown';
  const whole = elementAt(bytes, 0);
  const parts = whole && childrenOf(whole.value);
  if (!parts) return 'truncated';
  const tags = parts.map(({ tag }) => tag);
  const starts = (...expected: number[]): boolean => expected.every((tag, index) => tags[index] === tag);

  if (starts(INTEGER, SEQUENCE, OCTET_STRING)) return pkcs8(bytes.slice(0, whole.end), parts);
  if (tags.length >= 9 && tags.slice(0, 9).every((tag) => tag === INTEGER)) return pkcs1(bytes.slice(0, whole.end));
  if (tags.length === 6 && tags.every((tag) => tag === INTEGER)) return 'dsa';
  if (starts(INTEGER, OCTET_STRING)) return 'ec';
  if (starts(SEQUENCE, OCTET_STRING)) return 'encrypted';
  if (starts(SEQUENCE, BIT_STRING) || (tags.length === 2 && starts(INTEGER, INTEGER))) return 'public';
  if (starts(SEQUENCE, SEQUENCE, BIT_STRING)) return 'certificate';
  if (starts(INTEGER, SEQUENCE)) return 'pkcs12';
  return 'unknown';
}

function pkcs8(bytes: Uint8Array<ArrayBuffer>, [, algorithm, key]: Element[]): DerKey {
  const [id] = childrenOf(algorithm!.value) ?? [];
  const purpose = id?.tag === OBJECT_ID ? purposes[hex(id.value)] : undefined;
  if (purpose !== 'rsa') return purpose ?? 'unknown';
  const bits = modulusBits(key!.value);
  return bits === null ? 'damaged' : { pkcs8: bytes, bits };
}

function pkcs1(bytes: Uint8Array<ArrayBuffer>): DerKey {
  const bits = modulusBits(bytes);
  if (bits === null) return 'damaged';
  return { pkcs8: encode(SEQUENCE, [...rsaPrefix, ...encode(OCTET_STRING, bytes)]), bits };
}

/** The length of `n` in an RSAPrivateKey: version, n, e, d, p, q, ...; null where it is not the product of p and q. */
function modulusBits(rsaPrivateKey: Uint8Array<ArrayBuffer>): number | null {
  const whole = elementAt(rsaPrivateKey, 0);
  const numbers = (whole && childrenOf(whole.value)) ?? [];
  if (numbers.length < 9 || numbers.some(({ tag }) => tag !== INTEGER)) return null;
  const [, modulus, , , p, q] = numbers.map(({ value }) => value);
  return areFactors(modulus!, p!, q!) ? bitLength(modulus!) : null;
}

/** WebCrypto imports even a key whose numbers don't belong together, and its signatures can't be checked. */
export function areFactors(modulus: Uint8Array, p: Uint8Array, q: Uint8Array): boolean {
  const [n, one, other] = [modulus, p, q].map((bytes) => BigInt(`0x0${hex(bytes)}`));
  return n === one! * other!;
}

/** How many bits an unsigned number has. */
export function bitLength(number: Uint8Array): number {
  const first = number.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (number.length - first) * 8 - (Math.clz32(number[first]!) - 24);
}

/** The element that begins at `at`, or null where the bytes end before it does. */
function elementAt(bytes: Uint8Array<ArrayBuffer>, at: number): Element | null {
  const tag = bytes[at];
  let length = bytes[at + 1];
  let start = at + 2;
  if (tag === undefined || length === undefined) return null;
  if (length & 0x80) {
    const lengthBytes = length & 0x7f;
    if (lengthBytes === 0 || lengthBytes > 4) return null;
    length = bytes.subarray(start, start + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0);
    start += lengthBytes;
  }
  const end = start + length;
  return end > bytes.length ? null : { tag, value: bytes.subarray(start, end), end };
}

function childrenOf(bytes: Uint8Array<ArrayBuffer>): Element[] | null {
  const children: Element[] = [];
  for (let at = 0; at < bytes.length; at = children.at(-1)!.end) {
    const element = elementAt(bytes, at);
    if (!element) return null;
    children.push(element);
  }
  return children;
}

function encode(tag: number, value: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const { length } = value;
  const head = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  const encoded = new Uint8Array(1 + head.length + length);
  encoded.set([tag, ...head]);
  encoded.set(value, 1 + head.length);
  return encoded;
}
