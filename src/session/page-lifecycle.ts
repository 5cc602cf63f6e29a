import { watchForJumps, type Clock } from '../clock.js';
import type { Violation } from '../jitsi/page-policy.js';

/** The surroundings that a session watches. In a browser: `window` and `document`. */
export interface Surroundings {
  window: EventTarget | undefined;
  document: (EventTarget & { readonly visibilityState?: DocumentVisibilityState }) | undefined;
}

export const surroundings = (): Surroundings => ({ window: globalThis.window, document: globalThis.document });

export interface EnvironmentEvents {
  /**
   * The connection may have dropped unnoticed: the device went offline or online, the page was frozen, or the clock
   * jumped ahead, because the device slept or its clock was set.
   */
  suspect(sign: 'network' | 'page' | 'clock'): void;
  /** The device went offline, or is online again. */
  network(name: 'offline' | 'online'): void;
  /** Something on the page violates its Content-Security-Policy. */
  violation(violation: Violation): void;
  /** `jump`: ms, below 0. A sleep never sets the clock back. */
  clockSetBack(jump: number): void;
  /** The page goes into the back/forward cache. */
  hide(): void;
}

/** Listens for what the app in the frame doesn't report. The function returned stops that. */
export function watchPage({ window, document }: Surroundings, clock: Clock, events: EnvironmentEvents): () => void {
  const listeners = new AbortController();
  const options = { signal: listeners.signal };
  const suspect = (): void => events.suspect('page');
  for (const name of ['offline', 'online'] as const) {
    window?.addEventListener(name, () => events.suspect('network'), options);
    window?.addEventListener(name, () => events.network(name), options);
  }
  const listen = (name: string, listener: (event: Event) => void): void => {
    if (!document) return;
    // Markup may hide the document's own method (`<img name="addEventListener">`).
    const { addEventListener: own } = document;
    const add = typeof own === 'function' ? own : EventTarget.prototype.addEventListener;
    add.call(document, name, listener, options);
  };
  listen('freeze', suspect);
  listen('resume', suspect);
  listen('securitypolicyviolation', (event) => events.violation(event as SecurityPolicyViolationEvent));
  window?.addEventListener('pagehide', (event) => (event as PageTransitionEvent).persisted && events.hide(), options);
  const inBackground = (): boolean => document?.visibilityState === 'hidden';
  const endJumps = watchForJumps(clock, inBackground, (jump) =>
    jump < 0 ? events.clockSetBack(jump) : events.suspect('clock'),
  );
  return () => {
    listeners.abort();
    endJumps();
  };
}
