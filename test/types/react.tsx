// Compiled, never run: the element as a component of React.
import { createRef, type ReactElement } from 'react';
import type { JitsiMeetingElement } from '../../src/index.js';
import { JitsiMeeting } from '../../src/react/index.js';

const ref = createRef<JitsiMeetingElement>();

export const right: ReactElement[] = [
  <JitsiMeeting domain="meet.example.org" room="Team" />,
  <JitsiMeeting
    ref={ref}
    key="one"
    id="meeting"
    className="wide"
    style={{ height: 600 }}
    lang="de"
    domain="meet.example.org"
    room="Team"
    tenant={undefined}
    loading="click"
    warmUp="app"
    configOverwrite={{ startWithAudioMuted: true }}
    tokenProvider={async ({ room, signal }) => (await fetch(`/token?room=${room}`, { signal })).text()}
    messages={{ join: 'Come in' }}
    onMeetingStateChange={({ detail }) => detail.reason === 'kicked'}
    onMeetingError={async ({ detail: { error } }) => (error.retryable ? ref.current?.join() : undefined)}
    onVideoConferenceJoined={({ detail }) => detail.roomName.length}
    onTokenExpiring={({ detail }) => detail.expiresAt?.getTime()}
    onClick={(event) => event.clientX}
  >
    <p slot="loading">One moment</p>
  </JitsiMeeting>,
];

export const wrong: ReactElement[] = [
  // @ts-expect-error no room
  <JitsiMeeting domain="meet.example.org" />,
  // @ts-expect-error no such way of loading
  <JitsiMeeting domain="meet.example.org" room="Team" loading="late" />,
  // @ts-expect-error misspelt
  <JitsiMeeting domain="meet.example.org" room="Team" onVideoConferenceJoind={() => {}} />,
  // @ts-expect-error the token is part of no event
  <JitsiMeeting domain="meet.example.org" room="Team" onTokenReceived={({ detail }) => detail.token} />,
  // @ts-expect-error read-only
  <JitsiMeeting domain="meet.example.org" room="Team" state="joined" />,
  // @ts-expect-error a method
  <JitsiMeeting domain="meet.example.org" room="Team" join={async () => {}} />,
];
