/** The algorithms that Jitsi's plugin knows (`luajwtjitsi.lib.lua`): with a shared secret, and with an RSA key. */
export const hmacAlgorithms = ['HS256', 'HS384', 'HS512'] as const;
export const rsaAlgorithms = ['RS256', 'RS384', 'RS512'] as const;

/** Algorithm of a signature with a shared secret. */
export type HmacAlgorithm = (typeof hmacAlgorithms)[number];
/** Algorithm of a signature with a private key. */
export type RsaAlgorithm = (typeof rsaAlgorithms)[number];

export const isHmac = (algorithm: unknown): algorithm is HmacAlgorithm =>
  (hmacAlgorithms as readonly unknown[]).includes(algorithm);

export const isRsa = (algorithm: unknown): algorithm is RsaAlgorithm =>
  (rsaAlgorithms as readonly unknown[]).includes(algorithm);
