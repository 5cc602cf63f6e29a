import type { Clock } from '../clock.js';
import type { PolicyReport, Violation } from '../jitsi/page-policy.js';
import { watchForJumps } from './clock-jumps.js';

/** The surroundings that a session watches. In a browser: `window` and `document`. */
export interface Surroundings {
  window: EventTarget | undefined;
  document: (EventTarget & { readonly visibilityState?: DocumentVisibilityState }) | undefined;
  ReportingObserver?: typeof globalThis.ReportingObserver | undefined;
}

export const surroundings = (): Surroundings => ({
  window: globalThis.window,
  document: globalThis.document,
  ReportingObserver: globalThis.ReportingObserver,
});

export interface EnvironmentEvents {
  /**
   * The connection may have dropped unnoticed: the device went offline or online, the page was frozen, or the clock
   * jumped ahead, because the device slept or its clock was set.
   */
  suspect(sign: 'network' | 'page' | 'clock'): void;
  /** The device went offline, or is online again. */
  network(name: 'offline' | 'online'): void;
  /** Something on the page violates its Content-Security-Policy or another of its headers. */
  violation(violation: Violation | PolicyReport): void;
  /** `jump`: ms, below 0. A sleep never sets the clock back. */
  clockSetBack(jump: number): void;
  /** The page goes into the back/forward cache. */
  hide(): void;
}

/**
 * What a page's headers keep out, as far as the browser reports it. A violation of its Content-Security-Policy is an event
 * as well; the report also tells what came before the session, while its code was on its way.
 */
const reported = ['coep', 'integrity-violation', 'csp-violation'];

/** Listens for what the app in the frame doesn't report. The function returned stops that. `buffered`: also what was reported before. */
export function watchPage(
  { window, document, ReportingObserver }: Surroundings,
  clock: Clock,
  events: EnvironmentEvents,
  buffered = false,
): () => void {
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
  // Chromium tells the body of some reports by toJSON alone.
  const heard = (list: readonly unknown[]): void =>
    list.forEach((report) => events.violation(JSON.parse(JSON.stringify(report)) as PolicyReport));
  const reports = ReportingObserver && new ReportingObserver(heard, { types: reported, buffered });
  reports?.observe();
  window?.addEventListener('pagehide', (event) => (event as PageTransitionEvent).persisted && events.hide(), options);
  const inBackground = (): boolean => document?.visibilityState === 'hidden';
  const endJumps = watchForJumps(clock, inBackground, (jump) =>
    jump < 0 ? events.clockSetBack(jump) : events.suspect('clock'),
  );
  return () => {
    listeners.abort();
    reports?.disconnect();
    endJumps();
  };
}
