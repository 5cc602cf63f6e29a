/** Codes of what the server looks at when the client logs in; see `any-server.ts` for the form of this table. */
export const connectFixes = {
  /** No token was sent, and the deployment doesn't let guests in (`allow_empty_token`). */
  'token-required': 'Send a token, or let guests in: allow_empty_token (docker: JWT_ALLOW_EMPTY=1), or a guest domain.',
  /** A part of the token holds characters that base64url doesn't have. The plugin fails over it, and the client waits for an answer that never comes; of a header that is read for its `kid` it is said since March 2026. */
  'token-not-base64url':
    'Encode header and payload as base64url: "-" and "_" instead of "+" and "/", no quotes around the token, no white space, no "Bearer " in front.',
  /** The header is no JSON, as the server reads it. */
  'header-unreadable': 'Write the header as JSON, without a byte order mark or anything after it.',
  /** The payload is not JSON as the server reads it: it refuses a lone surrogate (\uD800) or more than 1000 levels. */
  'payload-unreadable': 'Write the claims as JSON, without a byte order mark or anything after it.',
  /** The signature holds characters that base64url doesn't have. */
  'signature-unreadable': 'Encode the signature as base64url ("-" and "_" instead of "+" and "/").',
  /** The header is JSON but no object. The plugin fails over it, and no answer comes. */
  'header-not-object': 'Write the header as a JSON object.',
  /** The payload is JSON but no object. The plugin fails over it, and no answer comes. */
  'payload-not-object': 'Write the claims as a JSON object.',
  /** The server is set to an algorithm that its plugin doesn't know. It knows HS256, HS384, HS512, RS256, RS384 and RS512; ES256, PS256 and EdDSA are refused whatever is set. */
  'algorithm-unsupported': 'Set signature_algorithm on the server to HS256 or RS256, and sign with it.',
  /** The server looks keys up by the header's `kid`, and there is none. */
  'kid-missing': "Set the header's kid to the id under which the server finds the public key.",
  /** `kid` is not a text; the plugin fails on it, and no answer comes. */
  'kid-not-text': 'Write kid as a text.',
  /** The key server has no key of that id. It is asked for SHA256HEX(kid).pem. */
  'kid-unknown': 'Publish the public key under SHA256HEX(kid).pem on the key server, or use the id of a published one.',
  /** The set of keys (`cache_keys_url`) has no key of that id, and there is no key server to ask. The plugin fails over it, and no answer comes. */
  'kid-not-in-jwks': 'Publish the public key with that kid in the key set, or use the id of a published one.',
  /** The server has a key that can't check RSA signatures. The plugin fails on it, and no answer comes. */
  'key-unreadable':
    'Give the public RSA key as PEM ("BEGIN PUBLIC KEY"), on lines of its own; a certificate, an EC or an Ed25519 key is of no use there.',
  /** The header has no `alg`. */
  'alg-missing': "Set the header's alg to the algorithm of the deployment.",
  /** `alg` is not a text; the plugin fails on it, and no answer comes. */
  'alg-not-text': 'Write alg as a text.',
  /** The server looks keys up by `kid`, and then only takes algorithms whose name starts with RS. */
  'alg-not-rsa': 'Sign with RS256, with the private key that belongs to kid.',
  /** The server takes the one algorithm that it is set to. */
  'alg-other': 'Sign with the algorithm that the deployment expects.',
  /** The signature doesn't fit the token: another secret or key, or the token was changed after signing. */
  'signature-wrong':
    'Sign with the secret (app_secret) or private key of this deployment; take the secret as it is, not base64-decoded; change nothing afterwards.',
  /**
   * Nothing could check the signature, so that it may be right or wrong: no key was given, the page isn't https, or the
   * keys are certificates and jose, which reads them, isn't there. The package's single files come without it; they
   * import `jose/key/import` where the page's import map names it.
   */
  'signature-unchecked': 'Give the secret or the public keys, where they are safe, to have the signature checked.',
  /** The token is expired and its `iat` is nothing to reckon with; the plugin fails over it, and no answer comes. */
  'iat-unusable': 'Write iat as a number of seconds since 1970, or leave it out.',
  /** `iss` is not one that the server accepts (`asap_accepted_issuers`, by default the `app_id`). Case counts. */
  'iss-other': 'Set iss to one of the accepted issuers, usually the app id, as a plain text.',
  /** Neither the app id nor the accepted issuers are known. */
  'iss-unchecked': "Give the deployment's appId or acceptedIssuers.",
  /** `aud` is not one that the server accepts (`asap_accepted_audiences`). An array never is, not even with an accepted one in it. */
  'aud-other': 'Set aud to one accepted audience, as a plain text and no array.',
  /** `context` is there but no object. The plugin fails over it, and no answer comes. */
  'context-unusable': 'Write context as an object, or leave it out.',
  /** On a guest domain the server ignores tokens: the person is a guest. */
  'guest-token-ignored': 'Connect to the main domain to have the token count.',
} as const;

/** Fixes of `key-unreadable`, by what the key is and where it lies. */
export const keyFixes = {
  certificate:
    'Jitsi reads certificates from cache_keys_url only. Take the public key out of it: openssl x509 -in cert.pem -noout -pubkey.',
  escaped:
    'The key has "\\n" as two characters instead of line breaks: write it with real line breaks (in .env between quotes, or in a file).',
  quoted: 'Take the quotes off the key.',
  otherKind: 'Use an RSA key: Jitsi reads no EC, Ed25519 or RSA-PSS keys.',
  encrypted: 'The key is protected by a passphrase that the server has not: give it the public key.',
  secret:
    'app_secret has to hold a PEM for RS256, RS384 and RS512 ("BEGIN PUBLIC KEY"). For a shared secret set signature_algorithm to HS256.',
} as const;
