import * as React from 'react';
import { StrictMode, Suspense, useState, type ReactElement, type ReactNode } from 'react';
import { JitsiMeeting } from '../../../src/react/index.js';
import { seen, token } from './page.js';

type Hiding = (props: { mode: 'visible' | 'hidden'; children: ReactNode }) => ReactNode;
/** React 18 has none. */
const Activity = (React as { Activity?: Hiding }).Activity ?? (({ children }) => children);

let release = (): void => {};
let waiting: Promise<void> | undefined;

/** Suspends for as long as there is something to wait for. */
function Slow(): ReactElement {
  // React waits for a promise that is thrown.
  // oxlint-disable-next-line no-throw-literal
  if (waiting) throw waiting;
  return <p>Quick</p>;
}

/** What hides a component without removing it. */
export function HidingPage({ domain }: { domain: string }): ReactElement {
  const [hidden, setHidden] = useState(false);
  const [, setRenders] = useState(0);
  const suspend = (): void => {
    waiting = new Promise<void>((resolve) => (release = resolve)).then(() => void (waiting = undefined));
    setRenders((renders) => renders + 1);
  };
  return (
    <StrictMode>
      <button onClick={() => setHidden(!hidden)}>{hidden ? 'Show' : 'Hide'}</button>
      <button onClick={suspend}>Suspend</button>
      <button onClick={() => release()}>Release</button>
      <Suspense fallback={<p>Slow</p>}>
        <Slow />
        <Activity mode={hidden ? 'hidden' : 'visible'}>
          <JitsiMeeting
            lang="en"
            domain={domain}
            room="Hiding"
            tokenProvider={token}
            onMeetingStateChange={({ detail }) => seen.events.push(detail.state)}
            onAudioMuteStatusChanged={({ detail }) => seen.events.push(`muted ${detail.muted}`)}
          />
        </Activity>
      </Suspense>
    </StrictMode>
  );
}
