import { StrictMode, useState, type ReactElement } from 'react';
import { JitsiMeetingError, type TokenProvider } from '../../../src/index.js';
import { JitsiMeeting, type JitsiMeetingProps } from '../../../src/react/index.js';

export interface Seen {
  asked: number;
  events: string[];
  element: Element | null;
  /** Whether the next token is refused. */
  refuse?: boolean;
}

export const seen: Seen = { asked: 0, events: [], element: null };

export const token: TokenProvider = async ({ room }) => {
  seen.asked++;
  if (seen.refuse) throw new JitsiMeetingError('token-server', 'Not now.', { hint: 'Later.', retryAfter: 60_000 });
  return (await fetch(`/token?room=${room}`)).text();
};

/** Everything is made anew at each render, as careless pages do. */
export function Page({ domain }: { domain: string }): ReactElement {
  const [renders, setRenders] = useState(0);
  const [there, setThere] = useState(true);
  const { lang, ...named }: Partial<JitsiMeetingProps> =
    renders > 0 ? { displayName: `Ada ${renders}` } : { lang: 'en' };
  return (
    <StrictMode>
      <button onClick={() => setRenders(renders + 1)}>Render</button>
      <button onClick={() => setThere(false)}>Remove</button>
      {there && (
        <JitsiMeeting
          ref={(element) => void (seen.element = element)}
          className="meeting"
          lang={lang}
          domain={domain}
          room="React"
          tokenProvider={(request) => token(request)}
          configOverwrite={{ startWithAudioMuted: true }}
          hideStatus={renders === 1}
          onVideoConferenceJoined={({ detail }) => seen.events.push(`${renders}: joined ${detail.roomName}`)}
          onMeetingStateChange={({ detail }) => seen.events.push(`${renders}: ${detail.state}`)}
          onDisplayNameChange={({ detail }) => seen.events.push(`${renders}: ${detail.displayname}`)}
          {...named}
        >
          <a href={`https://${domain}/React`}>Open the meeting</a>
        </JitsiMeeting>
      )}
    </StrictMode>
  );
}
