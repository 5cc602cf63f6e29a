import type { ConfigOverwrite, JitsiMeetingElement } from '../../../src/index.js';

export interface Fault {
  name: string;
  /** What goes wrong, in a sentence. */
  what: string;
  /** The token endpoint that the element gets instead. */
  tokenUrl?: (seconds: number) => string;
  apiSrc?: string;
  /** What the stand-in does wrong. */
  trouble?: string;
  /** What goes wrong around the meeting; the answer mends it. */
  around?: () => () => void;
  /** What happens once the meeting has been joined. */
  inMeeting?: (meeting: JitsiMeetingElement, signal: AbortSignal) => Promise<void>;
  /** What is done to mend it, where that isn't a new join. */
  mend?: (meeting: JitsiMeetingElement) => void;
  /** What the docs say where there is no code of an error or a warning. */
  docs?: string;
}

/** The stand-in's page is of this origin, and does as it is told. */
function order(meeting: JitsiMeetingElement, standin: string): void {
  meeting.api?.getIFrame().contentWindow?.postMessage({ standin }, location.origin);
}

const broken = (path: string) => () => `api/broken/${path}`;

function goOffline(): () => void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
  window.dispatchEvent(new Event('offline'));
  return () => {
    Reflect.deleteProperty(navigator, 'onLine');
    window.dispatchEvent(new Event('online'));
  };
}

async function cutAfterExpiry(meeting: JitsiMeetingElement, signal: AbortSignal): Promise<void> {
  // The frame keeps the token it was opened with, whatever is fetched later.
  const ends = meeting.tokenExpiresAt?.getTime() ?? Date.now();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ends - Date.now() + 1000);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()));
  });
  if (!signal.aborted) order(meeting, 'cut');
}

/** The life of the token that expires in the call, in seconds. */
export const shortLife = 8;

export const faults: Readonly<Record<string, readonly Fault[]>> = {
  'The token': [
    { name: 'expired token', what: 'The backend gives a token that ended an hour ago.', tokenUrl: broken('expired') },
    {
      name: 'wrong secret',
      what: 'The backend signs with a secret that isn’t the server’s.',
      tokenUrl: broken('wrong-secret'),
    },
    {
      name: 'secret rotated',
      what: 'The server got a new secret; the backend still signs with the one before.',
      tokenUrl: broken('rotated'),
    },
    {
      name: 'token for another room',
      what: 'The token names a room that isn’t this one.',
      tokenUrl: broken('wrong-room'),
    },
    { name: 'no token at all', what: 'The backend answers “hello” as a token.', tokenUrl: broken('not-a-token') },
    {
      name: 'expired in the call, then cut',
      what: `The token ends ${shortLife} seconds after joining. Then the connection breaks, and Jitsi can’t resume it with the old token.`,
      tokenUrl: broken(`short-life?life=${shortLife}`),
      inMeeting: cutAfterExpiry,
      docs: 'The app goes on showing a call that is over. The element notices the lost connection, and offers to rejoin with a fresh token.',
    },
  ],
  'The backend': [
    { name: 'backend down', what: 'The token endpoint answers 503.', tokenUrl: broken('down') },
    {
      name: 'backend slow',
      what: 'The token endpoint takes as long as the slider says. After 10 seconds the element asks again.',
      tokenUrl: (seconds) => `api/broken/late?ms=${seconds * 1000}`,
      docs: 'The visitor reads what is being waited for after 3 seconds, and can cancel after 8. A try lasts at most 10 seconds.',
    },
    { name: 'signed out (401)', what: 'The visitor’s session is over.', tokenUrl: broken('401') },
    { name: 'not allowed (403)', what: 'This person may not enter this room.', tokenUrl: broken('403') },
    { name: 'too many requests (429)', what: 'The endpoint wants fewer requests.', tokenUrl: broken('429') },
    {
      name: 'login page instead of a token',
      what: 'The endpoint redirects to a page for people.',
      tokenUrl: broken('html'),
    },
  ],
  'The network and the script': [
    {
      name: 'offline',
      what: 'The device has lost its network.',
      around: goOffline,
      mend: () => {},
      docs: 'Nothing fails: the element waits for the network and goes on by itself.',
    },
    { name: 'script down (404)', what: 'Jitsi’s script isn’t there.', apiSrc: 'no-such-script.js' },
    { name: 'script not Jitsi’s', what: 'Another script answers in its place.', apiSrc: 'api/broken/other-script' },
  ],
  'The meeting': [
    {
      name: 'lobby',
      what: 'A moderator has to let the visitor in: press “Mend it”.',
      trouble: 'lobby',
      mend: (meeting) => order(meeting, 'let-in'),
      docs: 'The state stays `ready`; the app shows the lobby in its frame.',
    },
    {
      name: 'password',
      what: 'The room has a password. Type anything, or press “Mend it”: the page then sets the property `password`.',
      trouble: 'password',
      mend: (meeting) => (meeting.password = 'open sesame'),
      docs: 'The state stays `ready`; the app asks in its frame, unless the page has set `password`.',
    },
    { name: 'room full', what: 'The room has as many people as it can hold.', trouble: 'room-full' },
    { name: 'not begun', what: 'Nobody has opened the room yet.', trouble: 'not-begun' },
    { name: 'camera blocked', what: 'The browser refuses camera and microphone.', trouble: 'camera-blocked' },
    {
      name: 'kicked',
      what: 'A moderator removes the visitor.',
      inMeeting: async (meeting) => order(meeting, 'kick'),
      docs: 'The state is `ended` with the reason `kicked`. Rejoining is offered, but not pushed.',
    },
    {
      name: 'ended for all',
      what: 'A moderator ends the meeting for everyone.',
      inMeeting: async (meeting) => order(meeting, 'end'),
      docs: 'The state is `ended` with the reason `conference-ended`.',
    },
  ],
};

export const troubleConfig = (trouble: string | undefined): ConfigOverwrite | undefined =>
  trouble === undefined ? undefined : ({ standin: trouble } as ConfigOverwrite);
