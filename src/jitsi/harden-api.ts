import { systemClock, type Clock } from '../clock.js';
import { JitsiMeetingError } from '../errors.js';
import type { JitsiMeetExternalAPI } from './methods.js';

export interface GuardTools {
  clock?: Clock;
  /** How long the app may take to answer, ms. */
  timeout?: number;
  /** Gets an error that a listener throws. */
  report?: (error: unknown) => void;
}

export interface GuardListener {
  /** Gets every event, before all other listeners. A page that removes listeners can't remove this one. */
  event(name: string, payload: unknown): void;
  /** Called once, whether this package or the page disposed of the API. */
  disposed(): void;
}

/** ms; the limit for answers that wait for a person. */
const patience: Readonly<Record<string, number>> = { captureCameraPicture: 120_000 };

/**
 * Mends three faults of Jitsi's script on an instance, which stays an instance of Jitsi's class:
 * - A promise that the app never answers, or that is pending at `dispose()`, would stay pending. Here it rejects
 *   (JitsiMeetingError `iframe-timeout`, `aborted`).
 * - A listener that throws would keep the event from the listeners after it. Here the error is reported as uncaught.
 * - Two copies of the script (two releases, two tenants of 8x8.vc, or one of the page's own) number their frames alike,
 *   and
 *   each would hear the other's events. Here it doesn't.
 */
export function guard(api: JitsiMeetExternalAPI, listener: GuardListener, tools: GuardTools = {}): void {
  const { clock = systemClock, timeout = 10_000, report = (error: unknown) => reportError(error) } = tools;
  const pending = new Set<() => void>();
  let disposed = false;
  // Before the app is ready it hears nothing; the session limits that time.
  let isUp!: () => void;
  const up = new Promise<void>((resolve) => (isUp = resolve));

  function limit(answer: PromiseLike<unknown>, name: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let cancel: (() => void) | undefined;
      const settle = (how: () => void): void => {
        pending.delete(abort);
        cancel?.();
        how();
      };
      const fail = (error: unknown): void => settle(() => reject(error));
      const abort = (): void => fail(gone(name));
      answer.then((value) => settle(() => resolve(value)), fail);
      if (disposed) return abort();
      pending.add(abort);
      void up.then(() => {
        const time = patience[name] ?? timeout;
        if (pending.has(abort)) cancel = clock.after(time, () => fail(unanswered(name, time)));
      });
    });
  }

  for (const [name, method] of methodsOf(api)) {
    replace(api, name, (...args) => {
      const answer = Reflect.apply(method, api, args);
      return isPromise(answer) ? limit(answer, name) : answer;
    });
  }

  const dispose = api.dispose.bind(api);
  replace(api, 'dispose', () => {
    dispose();
    if (disposed) return;
    disposed = true;
    for (const abort of pending) abort();
    listener.disposed();
  });

  replace(api, 'emit', (...[name, ...payload]) => {
    if (isOverheard(api)) return false;
    if (name === 'browserSupport' || name === 'ready') isUp();
    const listeners: Method[] = api.rawListeners(name as never);
    for (const each of [(first: unknown) => listener.event(String(name), first), ...listeners]) {
      try {
        Reflect.apply(each, api, payload);
      } catch (error) {
        report(error);
      }
    }
    return listeners.length > 0;
  });
}

/** Whether the event that is being dispatched came from another frame of the same origin. */
function isOverheard(api: JitsiMeetExternalAPI): boolean {
  // Jitsi's script passes on neither the event that is being dispatched nor its source.
  const { event } = globalThis;
  const frame = api.getIFrame();
  if (!frame?.contentWindow || !(event instanceof MessageEvent)) return false;
  // In WebKit an event loses its source when an earlier listener removes the frame.
  return event.source !== frame.contentWindow && isOrigin(event.origin, frame.src);
}

const isOrigin = (origin: string, address: string): boolean =>
  URL.canParse(address) && new URL(address).origin === origin;

type Method = (...args: never[]) => unknown;

/** All of Jitsi's public methods that the instance has, so that those of a newer release are covered as well. */
function* methodsOf(api: object): Generator<[name: string, method: Method]> {
  // The script's last prototype is an event emitter, whose methods answer at once.
  for (let of = Object.getPrototypeOf(api); of && !Object.hasOwn(of, 'emit'); of = Object.getPrototypeOf(of)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(of))) {
      const isOverridden = Reflect.get(api, name) !== value;
      if (typeof value !== 'function' || isOverridden || name === 'constructor' || name.startsWith('_')) continue;
      yield [name, value];
    }
  }
}

function replace(api: object, name: string, value: (...args: unknown[]) => unknown): void {
  Object.defineProperty(api, name, { value, writable: true, configurable: true });
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

function unanswered(name: string, ms: number): JitsiMeetingError {
  return new JitsiMeetingError(
    'iframe-timeout',
    `The app in the iframe did not answer ${name} within ${ms / 1000} s.`,
    {
      hint: 'Some methods are answered only in a meeting, and older releases do not know all: see docs/reference/compatibility.md.',
      retryable: true,
    },
  );
}

function gone(name: string): JitsiMeetingError {
  return new JitsiMeetingError('aborted', `The meeting is over, so the app will not answer ${name}.`, {
    hint: 'Ask the api object of the next meeting: element.api.',
  });
}
