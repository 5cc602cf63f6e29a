export {
  features,
  type Feature,
  type FeatureRights,
  type GrantedRole,
  type MeetingGrant,
  type TokenUser,
} from './grant.js';
export { createTokenHandler, type Authorization, type RateLimitResult, type TokenHandlerOptions } from './handler.js';
export { jaas, type JaasOptions } from './jaas.js';
export type { HmacAlgorithm, PrivateKey, RsaAlgorithm, SharedSecret, SigningKey } from './keys.js';
export { forbidden, TokenRefusal, unauthorized, type RefusalOptions } from './problem.js';
export { createTokenSigner, type SignedToken, type TokenSigner, type TokenSignerOptions } from './signer.js';
export type { TokenRequest } from './token-request.js';
