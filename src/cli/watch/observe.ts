// Opens a page in Chromium and looks at its tag until the meeting is joined or has failed.
import { type Devtools, DevtoolsError } from './devtools.js';
import { evaluate, findFrame } from './frame.js';
import { glance, leave, pressPrejoin, start } from './in-page.js';
import { createNotes } from './notes.js';
import type { FrameFacts, Observations, TagFacts } from './types.js';

export interface WatchRequest {
  address: string;
  /** How long the tag has for its outcome, ms. */
  patience: number;
  /** `name=value; name=value`, as the browser of a person has them who is signed in. */
  cookies: string;
}

/** Between two looks at the tag, ms. */
const step = 200;
/** After a page has loaded, how long it may take to bring its tag, and a tag to start by itself, ms. */
const settling = { tag: 5_000, start: 2_000 };
/** What comes late, such as a frame's first errors, and how long leaving may take, ms. */
const goodbye = { late: 500, leave: 2_000 };

/** Rejects with a `DevtoolsError` when the browser ends. */
export async function observe(devtools: Devtools, request: WatchRequest): Promise<Observations> {
  const { address } = request;
  const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await devtools.send('Target.attachToTarget', { targetId, flatten: true });
  const page = sessionId as string;
  const notes = createNotes(targetId as string, page);
  const sessions = new Map<string, string>();
  devtools.onEvent = (event) => {
    notes.take(event);
    if (event.method === 'Target.attachedToTarget') {
      const { sessionId: child, targetInfo } = event.params as {
        sessionId: string;
        targetInfo: { targetId: string };
      };
      sessions.set(targetInfo.targetId, child);
      void listenTo(devtools, child);
    } else if (event.method === 'Page.javascriptDialogOpening') {
      devtools.send('Page.handleJavaScriptDialog', { accept: true }, event.session).catch(() => {});
    }
  };
  await listenTo(devtools, page);
  await setCookies(devtools, page, request);
  let unreachable = await navigate(devtools, page, request);
  const followed = unreachable === null ? await follow(devtools, page, sessions, request) : nothing;
  // Nobody could look at it, not even once.
  if (unreachable === null && followed.address === undefined) unreachable = 'its code left no time to look at it';
  if (unreachable === null) {
    await pause(goodbye.late);
    await Promise.race([evaluate(devtools, page, leave).catch(() => {}), pause(goodbye.leave)]);
  }
  const { status, issues, console } = notes;
  return { asked: address, address, unreachable, status, issues, console, ...followed };
}

/** Lets a page, frame or worker tell what happens in it, and go on. Workers lack some of it. */
async function listenTo(devtools: Devtools, session: string): Promise<void> {
  const tell = (method: string, params = {}): Promise<unknown> =>
    devtools.send(method, params, session).catch(() => {});
  await Promise.all(['Page', 'Runtime', 'Log', 'Audits', 'Network'].map((domain) => tell(`${domain}.enable`)));
  await tell('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  await tell('Runtime.runIfWaitingForDebugger');
}

/** Resolves with why the page can't be had, or `null`. A server may take a request and never answer it. */
async function navigate(devtools: Devtools, page: string, { address, patience }: WatchRequest): Promise<string | null> {
  try {
    const { errorText } = await devtools.send('Page.navigate', { url: address }, page, patience);
    return typeof errorText === 'string' ? errorText : null;
  } catch (error) {
    if (!(error instanceof DevtoolsError) || devtools.hasEnded) throw error;
    return `nothing came within ${patience / 1000} s`;
  }
}

async function setCookies(devtools: Devtools, session: string, { cookies, address }: WatchRequest): Promise<void> {
  for (const pair of cookies.split(';')) {
    const [, name, value] = /^\s*([^=]+)=(.*?)\s*$/.exec(pair) ?? [];
    // A name that begins with __Host- needs the last two.
    const more = { secure: address.startsWith('https:'), path: '/' };
    if (!name) continue;
    await devtools.send('Network.setCookie', { name, value, url: address, ...more }, session).catch(() => {
      throw new DevtoolsError(`WATCH_COOKIE has a cookie that the browser doesn’t take: ${JSON.stringify(name)}.`);
    });
  }
}

type Followed = Pick<Observations, 'tag' | 'joinedAfter' | 'pressed' | 'frame'> & { address?: string };
const nothing: Followed = { tag: null, joinedAfter: null, pressed: [], frame: null };

interface Glance {
  address: string;
  loaded: boolean;
  /** Since the navigation began, ms. */
  time: number;
  tag: TagFacts | null;
}

/** Looks again and again until there is an outcome, and does what a person would: start, and press the app's own button. */
async function follow(
  devtools: Devtools,
  page: string,
  sessions: ReadonlyMap<string, string>,
  { patience }: WatchRequest,
): Promise<Followed> {
  const end = Date.now() + patience;
  const pressed: Followed['pressed'] = [];
  let followed: Followed = { ...nothing, pressed };
  let facts: FrameFacts | null = null;
  let loadedAt = Infinity;
  while (Date.now() < end && !devtools.hasEnded) {
    await pause(step);
    // While it navigates, there is nobody to ask.
    const look = (await evaluate(devtools, page, glance).catch(() => undefined)) as Glance | undefined;
    if (!look) continue;
    if (look.loaded) loadedAt = Math.min(loadedAt, Date.now());
    const since = Date.now() - loadedAt;
    const state = look.tag?.state ?? null;
    const frame = await findFrame(devtools, page, sessions).catch(() => null);
    facts = frame?.facts ?? facts;
    const joinedAfter = state === 'joined' ? Math.round(look.time) : null;
    followed = { address: look.address, tag: look.tag, pressed, frame: facts, joinedAfter };
    if (state === 'joined' || state === 'failed' || state === 'ended') break;
    if (state === null && since > settling.tag) break;
    if (state === 'idle' && since > settling.start && !pressed.includes('start')) {
      pressed.push('start');
      await evaluate(devtools, page, start).catch(() => {});
    }
    if (state === 'ready' && frame && !pressed.includes('prejoin')) {
      const isPressed = await evaluate(devtools, frame.session, pressPrejoin, frame.world).catch(() => false);
      if (isPressed === true) pressed.push('prejoin');
    }
  }
  return followed;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
