import { toBytes } from '../claims/decode.js';

/** An RSA key out of a PEM, in a form that WebCrypto reads. */
export interface PemKey {
  format: 'spki' | 'pkcs8';
  der: Uint8Array<ArrayBuffer>;
}

/** Line by line, as OpenSSL reads it: no indentation, no blank line, text before it allowed. */
const BLOCK =
  /(?:^|\n)\uFEFF?-----BEGIN (PUBLIC KEY|RSA PUBLIC KEY|PRIVATE KEY|RSA PRIVATE KEY)-----[\t ]*\r?\n((?:[A-Za-z\d+/=]+[\t ]*\r?\n)+)-----END \1-----/;

/** The first key of a PEM. Jitsi's plugin (luaossl) reads private ones as well, PKCS #8 and the older PKCS #1. */
export function pemKey(pem: string): PemKey | undefined {
  const [, label, body] = BLOCK.exec(pem) ?? [];
  if (label === undefined || body === undefined) return undefined;
  const der = toBytes(atob(body.replace(/\s/g, '')));
  switch (label) {
    case 'PUBLIC KEY':
      return { format: 'spki', der };
    case 'PRIVATE KEY':
      return { format: 'pkcs8', der };
    case 'RSA PUBLIC KEY':
      return { format: 'spki', der: tlv(SEQUENCE, RSA, tlv(BIT_STRING, Uint8Array.of(0), der)) };
    default:
      return { format: 'pkcs8', der: tlv(SEQUENCE, Uint8Array.of(2, 1, 0), RSA, tlv(OCTET_STRING, der)) };
  }
}

/** Whether a PEM holds a private key. */
export const isPrivateKey = (pem: unknown): boolean =>
  typeof pem === 'string' && /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/.test(pem);

const [SEQUENCE, BIT_STRING, OCTET_STRING] = [0x30, 0x03, 0x04];

/** AlgorithmIdentifier of rsaEncryption (RFC 8017). */
const RSA = Uint8Array.of(0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00);

/** A DER value: tag, length, content. */
function tlv(tag: number, ...content: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const size = content.reduce((total, { length }) => total + length, 0);
  const length = size < 0x80 ? [size] : [0x82, size >> 8, size & 0xff];
  return Uint8Array.from([tag, ...length, ...content.flatMap((bytes) => [...bytes])]);
}
