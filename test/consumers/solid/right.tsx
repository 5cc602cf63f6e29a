// Right, so it compiles.
import type { JitsiMeetingElement } from 'jitsi-meeting-element';
import 'jitsi-meeting-element/jsx';

declare const element: { current: JitsiMeetingElement | null };
const config = { startWithAudioMuted: true };

export const right = (
  <>
    <jitsi-meeting
      ref={(meeting) => void (element.current = meeting)}
      id="meeting"
      class="wide"
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
      prop:userInfo={{ displayName: 'Ada' }}
      retryPolicy={{ attempts: 2 }}
      tokenProvider={async ({ room, signal }) => (await fetch(`/token?room=${room}`, { signal })).text()}
      on:meeting-state-change={({ detail }) => detail.reason === 'kicked'}
      on:meeting-error={({ detail }) => detail.error.hint.length}
      on:videoConferenceJoined={({ detail }) => detail.roomName.length}
    >
      <p slot="loading">One moment</p>
      <jitsi-token-status slot="status" />
    </jitsi-meeting>
    <jitsi-token-status for="meeting" messages={{ join: 'Come in' }} />
  </>
);
