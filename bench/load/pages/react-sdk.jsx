import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { JitsiMeeting } from '@jitsi/react-sdk';

const { domain, room, joined, fetchToken } = window.bench;

// The SDK takes a token, not a place to get one from: a page shows it when the token is there.
function Meeting() {
  const [token, setToken] = useState();
  useEffect(() => void fetchToken().then(setToken), []);
  return (
    token && (
      <JitsiMeeting
        domain={domain}
        roomName={room}
        jwt={token}
        onApiReady={(api) => api.addListener('videoConferenceJoined', joined)}
      />
    )
  );
}

createRoot(document.querySelector('#meeting')).render(<Meeting />);
