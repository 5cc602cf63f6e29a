/** All that is said of failures and warnings, in one part that a meeting without them never needs. */
export { readFailure } from '../jitsi/failure-signals.js';
export { blockedDevices } from '../jitsi/media.js';
export { checkSandbox } from '../jitsi/page-policy.js';
export * from './explain-refusal.js';
export * from './failures.js';
export { errorOfViolation, providerBlocked, requestOfViolation } from './policy-violation.js';
export * from './warnings.js';
