export { type FindingCode, fixes } from './codes/index.js';
export { preflight } from './preflight.js';
export { dockerJitsiMeet, jaas, type OpenidProvider, openidProvider, type SelfHosted, selfHosted } from './presets.js';
export { sureFindings, type SureRequest } from './sure.js';
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
