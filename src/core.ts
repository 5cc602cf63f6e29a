export { MeetingSession, type SessionTools } from './session/session.js';
export type { MeetingOptions, Target } from './session/options.js';
export {
  meetingEventNames,
  type MeetingEventMap,
  type MeetingEvents,
  type TokenDetail,
  type TypedListening,
} from './session/events.js';
export type { EndReason, MeetingStateName } from './session/machine.js';
export * from './errors.js';
export * from './claims/index.js';
export * from './room/index.js';
export * from './token/index.js';
export { loadExternalApi } from './external-api/load.js';
export { scriptAddress } from './external-api/script-address.js';
export { explainError, explainEvent, type FailureExplanation } from './external-api/reasons.js';
export * from './external-api/events.js';
export * from './external-api/commands.js';
export type * from './external-api/methods.js';
export type * from './external-api/options.js';
export type * from './preflight/types.js';
