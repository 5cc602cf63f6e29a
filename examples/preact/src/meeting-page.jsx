import { useRef, useState } from 'preact/hooks';
import 'jitsi-meeting-element';

const config = { startWithAudioMuted: true };

export function MeetingPage() {
  const meeting = useRef(null);
  const [name, setName] = useState('Ada');
  const [room, setRoom] = useState('Team');
  const [isShown, setShown] = useState(true);
  const [clicks, setClicks] = useState(0);
  const [heard, setHeard] = useState('');
  const hear = (what) => setHeard((before) => `${before} ${what}`);

  return (
    <>
      <p>
        <label>
          Name <input value={name} onInput={(event) => setName(event.target.value)} />
        </label>
        <label>
          Room <input defaultValue={room} onBlur={(event) => setRoom(event.target.value)} />
        </label>
        <button onClick={() => meeting.current.leave()}>Leave</button>
        <button onClick={() => meeting.current.join().catch((error) => hear(error.code))}>Join</button>
        <button onClick={() => setShown(!isShown)}>{isShown ? 'Hide' : 'Show'}</button>
        <button onClick={() => setClicks(clicks + 1)}>Clicked {clicks} times</button>
      </p>
      <p>
        <output>{heard}</output>
      </p>
      {isShown && (
        <jitsi-meeting
          ref={meeting}
          domain="meet.example.org"
          room={room}
          token-url="/api/token"
          display-name={name}
          lang="en"
          configOverwrite={config}
          onmeeting-state-change={(event) => hear(event.detail.state)}
          onvideoConferenceJoined={(event) => hear(`(in ${event.detail.roomName})`)}
        />
      )}
    </>
  );
}
