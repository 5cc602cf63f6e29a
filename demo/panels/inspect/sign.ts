import { importJWK, importPKCS8, SignJWT, UnsecuredJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';

/**
 * Signs what was written, with a secret, a private key as PEM (PKCS 8) or a JWK. Everything stays in the page.
 *
 * @throws {Error} with a sentence for the person who typed it
 */
export async function signAnew(headerText: string, payloadText: string, key: string): Promise<string> {
  const header = objectIn(headerText, 'header') as JWTHeaderParameters;
  const payload = objectIn(payloadText, 'payload') as JWTPayload;
  const { alg } = header;
  if (alg === 'none') return new UnsecuredJWT(payload).encode();
  if (typeof alg !== 'string') throw new Error('The header needs "alg", such as "HS256".');
  if (key.trim() === '') throw new Error('Type the key to sign with.');
  try {
    return await new SignJWT(payload).setProtectedHeader(header).sign(await signingKey(key.trim(), alg));
  } catch {
    throw new Error(
      alg.startsWith('HS')
        ? 'This key does not sign. Type the secret as text.'
        : `This key does not sign with ${alg}. Paste a private key that begins with -----BEGIN PRIVATE KEY-----.`,
    );
  }
}

function signingKey(key: string, alg: string) {
  if (alg.startsWith('HS')) return new TextEncoder().encode(key);
  if (key.startsWith('{')) return importJWK(JSON.parse(key) as Record<string, string>, alg);
  return importPKCS8(key, alg);
}

function objectIn(text: string, part: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below.
  }
  throw new Error(`The ${part} is not a JSON object.`);
}
