/** All that is said of failures and warnings, in one part that is fetched when there is a frame. */
export { readFailure } from '../jitsi/failure-signals.js';
export { checkSandbox } from '../jitsi/page-policy.js';
export * from './explain-refusal.js';
export * from './failures.js';
export { HeadsUp } from './heads-up.js';
export { errorOfViolation, isOfScript, providerBlocked, requestOfViolation } from './policy-violation.js';
