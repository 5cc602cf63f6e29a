export { type FindingCode, fixes } from './codes/index.js';
export { preflight } from './preflight.js';
export { dockerJitsiMeet, jaas, type OpenidProvider, openidProvider, type SelfHosted, selfHosted } from './presets.js';
export { findingsWithoutSettings, type SureRequest } from './findings-without-settings.js';
export type {
  Deployment,
  DeploymentKeys,
  Finding,
  GivenRole,
  JitsiRelease,
  LobbyState,
  Preflight,
  PreflightRequest,
  Stage,
  Verdict,
} from './types.js';
