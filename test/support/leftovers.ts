// Counts what a meeting may leave behind.
import { systemClock, type Clock } from '../../src/clock.js';
import {
  JitsiMeetingElement,
  type JitsiMeetExternalAPI,
  type JitsiMeetExternalAPIConstructor,
  type SessionTools,
} from '../../src/index.js';
import { loadExternalApi } from '../../src/jitsi/load.js';

/** Waits of ten seconds and more take a fifth of them: for what ends by a time-out. */
export const hastyClock: Clock = {
  now: () => systemClock.now(),
  after: (delay, run) => systemClock.after(delay < 10_000 ? delay : delay / 5, run),
};

/** Every instance of Jitsi's API, every iframe, token request and timer that goes through these tools. */
export class Accounts {
  made = 0;
  /** The most that were there at a time. */
  most = 0;
  requests = 0;
  timers = 0;
  readonly live = new Set<JitsiMeetExternalAPI>();
  readonly iframes: HTMLIFrameElement[] = [];

  constructor(private readonly clock: Clock) {}

  readonly tools: Partial<SessionTools> = {
    loadApi: async (script, signal) =>
      this.#counted(await loadExternalApi(script, { clock: this.tools.clock!, signal })),
    clock: {
      now: () => this.clock.now(),
      after: (delay, run) => {
        let pending = 1;
        const end = (): void => {
          this.timers -= pending;
          pending = 0;
        };
        this.timers++;
        const cancel = this.clock.after(delay, () => {
          end();
          run();
        });
        return () => {
          end();
          cancel();
        };
      },
    },
    fetch: async (...args) => {
      this.requests++;
      return fetch(...args).finally(() => this.requests--);
    },
  };

  /** iframes that still hold a page, or stand in the document. */
  get openFrames(): number {
    return this.iframes.filter((frame) => frame.contentWindow !== null || frame.isConnected).length;
  }

  #counted(Api: JitsiMeetExternalAPIConstructor): JitsiMeetExternalAPIConstructor {
    const enter = (api: JitsiMeetExternalAPI): void => {
      this.made++;
      this.live.add(api);
      this.most = Math.max(this.most, this.live.size);
      this.iframes.push(api.getIFrame());
    };
    const leave = (api: JitsiMeetExternalAPI): unknown => this.live.delete(api);
    return class extends Api {
      constructor(...args: ConstructorParameters<JitsiMeetExternalAPIConstructor>) {
        super(...args);
        enter(this);
      }
      override dispose(): void {
        super.dispose();
        leave(this);
      }
    };
  }
}

let names = 0;

/** A class of meetings of which accounts are kept. */
export function accountedMeeting(clock: Clock = systemClock) {
  const accounts = new Accounts(clock);
  class AccountedMeeting extends JitsiMeetingElement {
    static override readonly sessionTools = accounts.tools;
  }
  customElements.define(`accounted-meeting-${names++}`, AccountedMeeting);
  return { accounts, AccountedMeeting };
}

/** From now on counts the listeners on window and document: `{'window message': 2}`. */
export function watchListeners(): { count(): Record<string, number>; end(): void } {
  const held = new Map<string, Set<unknown>>();
  const targets = { window, document };
  for (const [name, target] of Object.entries(targets)) {
    const of = (type: string): Set<unknown> => {
      const key = `${name} ${type}`;
      if (!held.has(key)) held.set(key, new Set());
      return held.get(key)!;
    };
    Object.assign(target, {
      addEventListener(...[type, listener, options]: Parameters<EventTarget['addEventListener']>) {
        const { signal, once = false } = typeof options === 'object' ? options : {};
        if (!signal?.aborted) of(type).add(listener);
        signal?.addEventListener('abort', () => of(type).delete(listener));
        if (once) EventTarget.prototype.addEventListener.call(target, type, () => of(type).delete(listener), options);
        EventTarget.prototype.addEventListener.call(target, type, listener, options);
      },
      removeEventListener(...[type, listener, options]: Parameters<EventTarget['removeEventListener']>) {
        of(type).delete(listener);
        EventTarget.prototype.removeEventListener.call(target, type, listener, options);
      },
    });
  }
  return {
    count: () => Object.fromEntries([...held].flatMap(([key, { size }]) => (size ? [[key, size]] : []))),
    end() {
      for (const target of Object.values(targets)) {
        Reflect.deleteProperty(target, 'addEventListener');
        Reflect.deleteProperty(target, 'removeEventListener');
      }
    },
  };
}
