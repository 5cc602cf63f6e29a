export type ScriptFault = 'fine' | '404' | 'hangs' | 'throws' | 'wrong global' | 'fails once';

/** An event target that knows how many listeners it has. */
export class CountingTarget extends EventTarget {
  #live: (readonly [name: string, listener: unknown, signal: AbortSignal | undefined])[] = [];
  readonly #signals = new Set<AbortSignal>();

  get listeners(): number {
    return this.#live.length;
  }

  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    const [name, listener, options] = args;
    const { signal } = typeof options === 'object' ? options : {};
    this.#live.push([name, listener, signal]);
    // Once a signal: Node warns of a leak where one has more than ten listeners, those of `super` included.
    if (signal && !this.#signals.has(signal)) {
      this.#signals.add(signal);
      signal.addEventListener('abort', () => (this.#live = this.#live.filter((one) => one[2] !== signal)));
    }
    super.addEventListener(...args);
  }

  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    const [name, listener] = args;
    this.#live = this.#live.filter((one) => one[0] !== name || one[1] !== listener);
    super.removeEventListener(...args);
  }
}

class FakeScript extends EventTarget {
  src = '';
  async = false;

  constructor(readonly remove: () => void) {
    super();
  }
}

/** As much of `window` and `document` as a script needs to be loaded, by a server that does what the fault says. */
export function fakePage(
  later: (delay: number, run: () => void) => void,
  fault: ScriptFault,
  brings: unknown,
  latency: number,
) {
  const scripts = new Set<FakeScript>();
  const window: { JitsiMeetExternalAPI?: unknown } = {};
  let loads = 0;
  const load = (script: FakeScript): void => {
    const failing = fault === '404' || (fault === 'fails once' && loads === 1);
    if (failing) return void script.dispatchEvent(new Event('error'));
    document.currentScript = script;
    // A script that throws has loaded all the same.
    if (fault === 'wrong global') window.JitsiMeetExternalAPI = { version: 7 };
    else if (fault !== 'throws') window.JitsiMeetExternalAPI = brings;
    document.currentScript = null;
    script.dispatchEvent(new Event('load'));
  };
  /** Stands for `Document` and `Node`: what is read past a page's markup is read from their prototypes. */
  class FakeDocument extends EventTarget {
    currentScript: FakeScript | null = null;
    readonly documentElement = { baseURI: 'https://app.test/' };
    readonly head = {
      append(script: FakeScript): void {
        scripts.add(script);
        loads++;
        if (fault !== 'hangs') later(latency, () => load(script));
      },
    };
    createElement(): FakeScript {
      const script: FakeScript = new FakeScript(() => scripts.delete(script));
      return script;
    }
  }
  const document = new FakeDocument();
  return { window, document, Document: FakeDocument, scripts };
}
