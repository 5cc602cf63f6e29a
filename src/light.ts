/** What `dist/jitsi-meeting.js` exports: the elements, and what is light enough for a first file. */
import './elements/define.js';

export { JitsiMeetingElement } from './elements/jitsi-meeting.js';
export { propertyNames, type MeetingProperties } from './elements/properties.js';
export * from './errors.js';
export type * from './core.js';
