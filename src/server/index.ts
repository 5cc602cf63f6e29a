export type { AppSchemes } from './auth-apps.js';
export { createTokenAuthRedirect, isOwnPath, type TokenAuthRedirectOptions } from './auth-redirect.js';
export type { SignInCodeOptions } from './auth-code.js';
export type { PassedSettings } from './auth-settings.js';
export type { Authorization, Authorize, GrantOptions, RateLimit, RateLimitResult, Tenants } from './authorize.js';
export { type FeatureName, featureNames } from '../claims/index.js';
export type { FeatureRights, GrantedRole, MeetingGrant, RoomChoice, TokenUser } from './grant.js';
export { createTokenHandler, type TokenHandlerOptions } from './handler.js';
export { luaPattern } from './lua-pattern.js';
export { jaas, type JaasOptions } from './jaas.js';
export {
  isJaasEvent,
  type JaasEvent,
  type JaasKnownEvent,
  type JaasOtherEvent,
  type JaasParticipant,
  type JaasWebhookOptions,
  verifyJaasWebhook,
} from './jaas-webhook.js';
export {
  createKeyRing,
  type KeyRing,
  type ReadonlyKeyRing,
  type RevokeOptions,
  type RingKey,
  type RotateOptions,
} from './key-ring.js';
export { createKeyServer, type KeyServerOptions } from './key-server.js';
export type { HmacAlgorithm, PrivateKey, RsaAlgorithm, SharedSecret, SigningKey } from './keys.js';
export { forbidden, isRefusal, TokenRefusal, unauthorized, type RefusalOptions } from './problem.js';
export { createTokenSigner, type SignedToken, type TokenSigner, type TokenSignerOptions } from './signer.js';
export type { TokenRequest } from './token-request.js';
export { watchKeyRing, type WatchedKeyRing, type WatchKeyRingOptions } from './watch-key-ring.js';
