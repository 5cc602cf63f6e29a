import './elements/define.js';

export * from './claims/index.js';
export { JitsiMeetingElement } from './elements/jitsi-meeting.js';
export {
  propertyNames,
  type Loading,
  type MeetingAttributes,
  type MeetingProperties,
  type Rejoin,
  type WarmUp,
} from './elements/properties.js';
export { TokenStatusElement } from './elements/jitsi-token-status.js';
export * from './errors.js';
export { jitsiCommandNames } from './jitsi/commands.js';
export { jitsiEventNames } from './jitsi/events.js';
export { scriptAddress } from './jitsi/script-address.js';
export * from './room/index.js';
export { meetingEventNames } from './session/events.js';
// What runs a meeting without the element is in the entry ./core: a page with the element fetches it when somebody joins.
export type * from './core.js';
export { version } from './version.js';
