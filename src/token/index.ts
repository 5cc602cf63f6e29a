export { systemClock, type Clock } from '../clock.js';
export { defaultTokenTools, requestToken, type TokenTools } from './request.js';
export { defaultRetryPolicy, type RetryPolicy } from './retry.js';
export type * from './types.js';
