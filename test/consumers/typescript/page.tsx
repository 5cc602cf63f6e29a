// A page in TypeScript: the tag in the DOM, the session, the component, and the tag in JSX.
import { MeetingSession, type Loading, type Rejoin, type WarmUp } from 'jitsi-meeting-element';
import 'jitsi-meeting-element/jsx';
import { JitsiMeeting } from 'jitsi-meeting-element/react';

const meeting = document.querySelector('jitsi-meeting')!;
meeting.addEventListener('meeting-state-change', ({ detail }) => detail.state === 'joined');
export const words: [Loading, WarmUp, Rejoin] = [meeting.loading, meeting.warmUp, meeting.rejoin];
export const joined: Promise<void> = meeting.join();
export { MeetingSession };

export const tags = (
  <>
    <jitsi-meeting domain="meet.example.org" room="Team" token-url="/api/token" loading="lazy" />
    <JitsiMeeting domain="meet.example.org" room="Team" onMeetingError={({ detail }) => detail.error.code} />
  </>
);
