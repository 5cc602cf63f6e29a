'use client';

import { useRef, useState } from 'react';
import { JitsiMeeting } from 'jitsi-meeting-element/react';

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
          Name <input value={name} onChange={(event) => setName(event.target.value)} />
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
        <JitsiMeeting
          ref={meeting}
          domain="meet.example.org"
          room={room}
          tokenUrl="/api/token"
          displayName={name}
          lang="en"
          configOverwrite={{ startWithAudioMuted: true }}
          onMeetingStateChange={(event) => hear(event.detail.state)}
          onVideoConferenceJoined={(event) => hear(`(in ${event.detail.roomName})`)}
        />
      )}
    </>
  );
}
