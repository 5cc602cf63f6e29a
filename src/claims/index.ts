export {
  type Claims,
  type DecodedToken,
  decodeToken,
  type MalformedToken,
  type ReadableToken,
  type TokenHeader,
} from './decode.js';
export { describeFeatures, type FeatureName, featureNames, type Features } from './features.js';
export { describeRole, type MeetingRole, type MeetingRoleName } from './role.js';
export type { TimeProblem, TokenTimes } from './times.js';
export { describeUser, type TokenUser } from './user.js';
