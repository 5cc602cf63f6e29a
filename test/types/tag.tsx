// Compiled, never run: the tag in React's JSX. Other frameworks' templates are in test/consumers.
import { createRef, type ReactElement } from 'react';
import '../../src/jsx/index.js';
import type { JitsiMeetingElement } from '../../src/index.js';

const ref = createRef<JitsiMeetingElement>();

export const right: ReactElement[] = [
  <jitsi-meeting
    ref={ref}
    key="one"
    class="wide"
    className="wide"
    lang="de"
    domain="meet.example.org"
    room="Team"
    token-url="/api/token"
    warm-up="app"
    hide-status
    startAudioMuted
    configOverwrite={{ startWithAudioMuted: true }}
    tokenProvider={async ({ room, signal }) => (await fetch(`/token?room=${room}`, { signal })).text()}
    onmeeting-error={({ detail }) => detail.error.hint.length}
    onvideoConferenceJoined={({ detail }) => detail.roomName.length}
  >
    <p slot="loading">One moment</p>
    <jitsi-token-status slot="status" />
  </jitsi-meeting>,
];

export const wrong: ReactElement[] = [
  // @ts-expect-error no such attribute
  <jitsi-meeting domain="meet.example.org" rooom="Team" />,
  // @ts-expect-error no such word
  <jitsi-meeting domain="meet.example.org" loading="soon" />,
  // @ts-expect-error no such event
  <jitsi-meeting domain="meet.example.org" onvideoConferenceJoind={() => {}} />,
  // @ts-expect-error the event is not an error, but has one
  <jitsi-meeting domain="meet.example.org" onmeeting-error={(error: Error) => error.name} />,
  // @ts-expect-error a number
  <jitsi-meeting domain="meet.example.org" room={42} />,
  // @ts-expect-error JSON as text
  <jitsi-meeting domain="meet.example.org" configOverwrite="{}" />,
];
