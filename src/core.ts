export { MeetingSession, type SessionTools } from './session/session.js';
export type { MeetingOptions } from './session/options.js';
export type { Target } from './session/target.js';
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
export { loadExternalApi } from './jitsi/load.js';
export { scriptAddress } from './jitsi/script-address.js';
export { explainError, explainEvent, type FailureExplanation } from './jitsi/reasons.js';
export * from './jitsi/events.js';
export * from './jitsi/commands.js';
export type * from './jitsi/methods.js';
export type * from './jitsi/options.js';
export type * from './preflight/types.js';
