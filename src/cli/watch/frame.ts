// The meeting's frame, as the browser treats it: what it may use, and where it keeps things.
import type { Devtools } from './devtools.js';
import { frameOf, storage } from './in-page.js';
import { plainAddress } from './private-text.js';
import type { BlockedFeature, FrameFacts } from './types.js';

export interface Frame {
  session: string;
  /** A place for code in it that the frame's own code can't reach. */
  world: number;
  facts: FrameFacts;
}

/** What a meeting uses, of all that a page or a frame can be forbidden. */
export const features = ['camera', 'microphone', 'display-capture', 'autoplay', 'fullscreen'];

/** Resolves with the value of an expression; rejects with a `DevtoolsError` when page or frame is gone. */
export async function evaluate(devtools: Devtools, session: string, code: string, world?: number): Promise<unknown> {
  const { result } = await devtools.send(
    'Runtime.evaluate',
    { expression: code, returnByValue: true, awaitPromise: true, ...(world !== undefined && { contextId: world }) },
    session,
  );
  return (result as { value?: unknown }).value;
}

/**
 * The frame of the page's tag; `null` where there is none yet, or none that the browser shows.
 *
 * @param sessions by the id of their target: a frame of another site has a process of its own, and so a session
 */
export async function findFrame(
  devtools: Devtools,
  page: string,
  sessions: ReadonlyMap<string, string>,
): Promise<Frame | null> {
  const { result } = await devtools.send('Runtime.evaluate', { expression: frameOf }, page);
  const { objectId } = result as { objectId?: string };
  if (objectId === undefined) return null;
  const { node } = await devtools.send('DOM.describeNode', { objectId }, page);
  const { frameId } = node as { frameId: string };
  const session = sessions.get(frameId) ?? page;
  const { executionContextId } = await devtools.send('Page.createIsolatedWorld', { frameId }, session);
  const world = executionContextId as number;
  const href = String(await evaluate(devtools, session, 'location.href', world));
  // Where the browser refuses a frame, its own page with an error is there.
  if (!href.startsWith('https:') && !href.startsWith('http:')) return null;
  const { states } = await devtools.send('Page.getPermissionsPolicyState', { frameId }, session);
  return {
    session,
    world,
    facts: {
      address: plainAddress(href),
      blocked: blockedIn(states as PolicyState[], frameId),
      storage: (await evaluate(devtools, session, storage, world)) as FrameFacts['storage'],
      isThirdParty: session !== page,
    },
  };
}

interface PolicyState {
  feature: string;
  allowed: boolean;
  locator?: { frameId: string; blockReason: string };
}

const blockedIn = (states: readonly PolicyState[], frame: string): BlockedFeature[] =>
  states
    .filter(({ feature, allowed }) => !allowed && features.includes(feature))
    .map(({ feature, locator: { frameId = '', blockReason = '' } = { frameId: '', blockReason: '' } }) => {
      const by = blockReason === 'Header' ? 'header' : 'attribute';
      return { feature, by, of: by === 'header' && frameId === frame ? 'frame' : 'page' };
    });
