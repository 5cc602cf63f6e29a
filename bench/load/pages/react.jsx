import { createRoot } from 'react-dom/client';
import { JitsiMeeting } from 'jitsi-meeting-element/react';

const { domain, room, joined } = window.bench;
createRoot(document.querySelector('#meeting')).render(
  <JitsiMeeting domain={domain} room={room} tokenUrl="/token" onVideoConferenceJoined={joined} />,
);
