import './elements/define.js';

export { JitsiMeetingElement } from './elements/jitsi-meeting.js';
export { propertyNames, type MeetingProperties } from './elements/properties.js';
export { TokenStatusElement } from './elements/jitsi-token-status.js';
export * from './core.js';
export { version } from './version.js';
