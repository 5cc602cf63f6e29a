/** All that a running meeting needs, in one part. An element that nobody joins doesn't fetch it. */
export { describeUser } from '../claims/user.js';
export { MeetingSession } from '../session/session.js';
export { PageOptions } from './page-options.js';
