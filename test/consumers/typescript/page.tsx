// A page in TypeScript: the tag in the DOM, the session, the component, and the tag in JSX.
import { MeetingSession, type Loading, type Rejoin, type WarmUp } from 'jitsi-meeting-element';
import { JitsiMeeting as FormerMeeting } from 'jitsi-meeting-element/compat/react-sdk';
import { JitsiMeeting as FormerVueMeeting } from 'jitsi-meeting-element/compat/vue-sdk';
import 'jitsi-meeting-element/jsx';
import { JitsiMeeting } from 'jitsi-meeting-element/react';

const meeting = document.querySelector('jitsi-meeting')!;
meeting.addEventListener('meeting-state-change', ({ detail }) => detail.state === 'joined');
export const words: [Loading, WarmUp, Rejoin] = [meeting.loading, meeting.warmUp, meeting.rejoin];
export const joined: Promise<void> = meeting.join();
export { MeetingSession };
export const ofVue: number | string | undefined = new FormerVueMeeting().$props.height;

export const tags = (
  <>
    <jitsi-meeting domain="meet.example.org" room="Team" token-url="/api/token" loading="lazy" />
    <JitsiMeeting domain="meet.example.org" room="Team" onMeetingError={({ detail }) => detail.error.code} />
    <FormerMeeting roomName="Team" onApiReady={(api) => api.on('videoConferenceJoined', ({ id }) => id.length)} />
  </>
);
