import { Show, createSignal } from 'solid-js';
import 'jitsi-meeting-element';

const config = { startWithAudioMuted: true };

export function MeetingPage() {
  let meeting;
  const [name, setName] = createSignal('Ada');
  const [room, setRoom] = createSignal('Team');
  const [isShown, setShown] = createSignal(true);
  const [clicks, setClicks] = createSignal(0);
  const [heard, setHeard] = createSignal('');
  const hear = (what) => setHeard((before) => `${before} ${what}`);

  return (
    <>
      <p>
        <label>
          Name <input value={name()} onInput={(event) => setName(event.target.value)} />
        </label>
        <label>
          Room <input value={room()} onChange={(event) => setRoom(event.target.value)} />
        </label>
        <button onClick={() => meeting.leave()}>Leave</button>
        <button onClick={() => meeting.join().catch((error) => hear(error.code))}>Join</button>
        <button onClick={() => setShown(!isShown())}>{isShown() ? 'Hide' : 'Show'}</button>
        <button onClick={() => setClicks(clicks() + 1)}>Clicked {clicks()} times</button>
      </p>
      <p>
        <output>{heard()}</output>
      </p>
      <Show when={isShown()}>
        <jitsi-meeting
          ref={meeting}
          domain="meet.example.org"
          room={room()}
          token-url="/api/token"
          display-name={name()}
          lang="en"
          prop:configOverwrite={config}
          on:meeting-state-change={(event) => hear(event.detail.state)}
          on:videoConferenceJoined={(event) => hear(`(in ${event.detail.roomName})`)}
        />
      </Show>
    </>
  );
}
