// A page as written for `@jitsi/react-sdk`, with the import changed.
import { useState, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { JaaSMeeting, JitsiMeeting } from '../../../src/compat/react-sdk/index.js';
import { component, props, roomOf, seen } from './seen.js';

const Meeting = component === 'JaaSMeeting' ? JaaSMeeting : JitsiMeeting;

function Sample(): ReactElement {
  const [renders, setRenders] = useState(0);
  const [there, setThere] = useState(true);
  return (
    <>
      <button onClick={() => setRenders(renders + 1)}>Render</button>
      <button onClick={() => setThere(false)}>Remove</button>
      {there && (
        <Meeting
          {...props}
          roomName={roomOf(renders)}
          spinner={() => <p>Just a moment</p>}
          onApiReady={(api) => {
            seen.apis++;
            Object.assign(window, { api });
            api.on('videoConferenceJoined', () => seen.joins++);
          }}
          onReadyToClose={() => seen.closed++}
          getIFrameRef={(node) => {
            seen.around.push(node);
            node.style.height = '700px';
          }}
        />
      )}
    </>
  );
}

createRoot(document.getElementById('root')!).render(<Sample />);
