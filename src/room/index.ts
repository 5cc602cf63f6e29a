export { type ParsedDomain, parseDomain } from './domain.js';
export { longestToken, type TokenPlace } from './longest-token.js';
export { normaliseRoom, roomName } from './name.js';
export { type UnservedName, unservedName } from './served.js';
export { normaliseTenant } from './tenant.js';
export {
  apiRoomName,
  buildMeetingUrl,
  type MeetingAddress,
  type MeetingUrlOptions,
  type ParsedMeetingUrl,
  parseMeetingUrl,
} from './url.js';
