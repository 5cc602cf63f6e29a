const RSA = 'Jitsi’s token plugins take HS256, HS384, HS512, RS256, RS384 and RS512 only';
const makeOne = 'Make an RSA key: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem';
const envHint =
  'In an .env file, put the whole key in double quotes, write its line breaks as \\n, or give the base64 of the file.';

/**
 * What people give as a private key that can't be one: how the sentence "The private key ..." goes on, and what to do.
 * No sentence holds anything of the key.
 */
export const unusableKeys = {
  missing: ['is missing', 'Give privateKey: a PEM or a JWK. Is the environment variable set where this runs?'],
  empty: ['is empty', 'Is the environment variable set, and the file that it comes from not empty?'],
  path: ['is the path of a file, not what is in the file', "Read it first: readFileSync(path, 'utf8')."],
  encrypted: [
    'is encrypted with a passphrase',
    'Remove the passphrase: openssl pkey -in key.pem -out plain.pem. Keep plain.pem where only the backend can read it.',
  ],
  public: [
    'is a public key, which can check tokens but can’t sign them',
    'Give the private half ("BEGIN PRIVATE KEY" or "BEGIN RSA PRIVATE KEY"); the public half is for Prosody or JaaS.',
  ],
  certificate: [
    'is a certificate (or a request for one), which holds a public key only',
    'Give the private key that belongs to it ("BEGIN PRIVATE KEY" or "BEGIN RSA PRIVATE KEY").',
  ],
  openssh: ['is in the format of OpenSSH', "Convert the file in place: ssh-keygen -p -m PEM -N '' -f FILE"],
  putty: ['is in the format of PuTTY', 'Convert it: puttygen FILE.ppk -O private-openssh -o key.pem'],
  pkcs12: [
    'is a PKCS #12 store (.p12 or .pfx)',
    'Take the key out of it: openssl pkcs12 -in FILE.p12 -nocerts -nodes -out key.pem',
  ],
  ec: [`is an EC key; ${RSA}`, makeOne],
  ed25519: [`is an Ed25519 key (or of its family); ${RSA}`, makeOne],
  dsa: [`is a DSA key; ${RSA}`, makeOne],
  pss: [`is an RSA key for PS256 and its like (RSASSA-PSS); ${RSA}`, makeOne],
  small: ['is an RSA key of less than 2048 bits', makeOne],
  truncated: ['is cut off: its end is missing', `${envHint} The last line is "-----END ... PRIVATE KEY-----".`],
  damaged: [
    'is damaged: it has characters that don’t belong to it, or numbers that don’t belong together',
    `Copy the file again. ${envHint}`,
  ],
  several: ['is more than one private key', 'Give one of them, with its own kid.'],
  bytes: ['is neither text nor a JWK nor a key', 'Give a PEM, a JWK, or a CryptoKey that can sign.'],
  unknown: [
    'has no form of a key',
    'Give an RSA key as PEM ("BEGIN PRIVATE KEY" or "BEGIN RSA PRIVATE KEY") or as a JWK. A shared secret is given as secret.',
  ],
  pair: ['is a pair of keys', 'Give its private half: privateKey: pair.privateKey.'],
  set: [
    'is a set of keys (a JWKS or a key ring)',
    'Give one private key of it; a key ring is given as keys: createKeyRing(...).',
  ],
  jwkBroken: ['looks like a JWK, but it is not JSON', `Copy the file again. ${envHint}`],
  jwkKind: ['is an object without the members of an RSA key (kty "RSA")', 'Give an RSA key as a JWK or a PEM.'],
  jwkPublic: ['is a JWK with the public members only', 'Give the JWK with its private members (d, p, q, dp, dq, qi).'],
  jwkIncomplete: ['is a JWK without all of n, e, d, p, q, dp, dq and qi', 'Export the whole key.'],
  jwkSecret: ['is a shared secret as a JWK (kty "oct")', 'Give it as secret: the text or the bytes, not the JWK.'],
  jwkUse: [
    'is a JWK that is not for signing (use or key_ops)',
    'Give a key whose use is "sig", or leave use and key_ops out.',
  ],
  jwkAlgorithm: [
    'is a JWK for another algorithm',
    'Give algorithm: the one of the JWK (RS256, RS384 or RS512), if that is Prosody’s signature_algorithm; else another key.',
  ],
  secretKey: ['is a CryptoKey for a shared secret', 'Give the secret as text or bytes, as secret.'],
  keyAlgorithm: [
    'is a CryptoKey of another kind than the algorithm needs (RSASSA-PKCS1-v1_5 with SHA-256 for RS256)',
    'Import it for the algorithm that is set.',
  ],
  keyUse: ['is a CryptoKey that must not sign', "Import it with the usage 'sign'."],
} as const satisfies Record<string, readonly [is: string, hint: string]>;

export type UnusableKey = keyof typeof unusableKeys;
