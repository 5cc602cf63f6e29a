// Right, so it compiles.
import type { JitsiMeetingElement } from 'jitsi-meeting-element';
import 'jitsi-meeting-element/jsx';

declare const element: { current: JitsiMeetingElement | null };
const config = { startWithAudioMuted: true };

export const right = (
  <>
    <jitsi-meeting
      ref={element}
      key="one"
      id="meeting"
      class="wide"
      className="wide"
      style={{ height: '40rem' }}
      lang="de"
      domain="meet.example.org"
      room="Team"
      token-url="/api/token"
      token-method="get"
      loading="click"
      warm-up="app"
      hide-status
      defer-hydration
      configOverwrite={config}
      retryPolicy={{ attempts: 2 }}
      tokenProvider={async ({ room, signal }) => (await fetch(`/token?room=${room}`, { signal })).text()}
      onmeeting-state-change={({ detail }) => detail.reason === 'kicked'}
      onmeeting-error={({ detail }) => detail.error.hint.length}
      onvideoConferenceJoined={({ detail }) => detail.roomName.length}
    >
      <p slot="loading">One moment</p>
      <jitsi-token-status slot="status" />
    </jitsi-meeting>
    <jitsi-token-status for="meeting" messages={{ join: 'Come in' }} />
  </>
);
