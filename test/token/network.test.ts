import { describe, expect, it } from 'vitest';
import { browserNetwork, NetworkGate } from '../../src/token/network.js';

/** A device that goes offline and online when told to, and counts the callers that wait for that. */
function device(isOnline: boolean) {
  let online = isOnline;
  const waiting = new Set<() => void>();
  const gate = new NetworkGate({
    isOnline: () => online,
    onBack: (run) => (waiting.add(run), () => waiting.delete(run)),
  });
  const back = (): void => {
    online = true;
    for (const run of waiting) run();
  };
  return { waiting, gate, back };
}

const outcome = (promise: Promise<void>): Promise<string> =>
  promise.then(
    () => 'passed',
    (reason: unknown) => String(reason),
  );

describe('the gate of the network', () => {
  it('is open while the device is online, and lets through at once', async () => {
    const { gate, waiting } = device(true);
    expect(gate.isOpen).toBe(true);
    expect(await outcome(gate.pass(new AbortController().signal))).toBe('passed');
    expect(waiting.size).toBe(0);
  });

  it('is shut while the device is offline, and opens for all who wait when it is back', async () => {
    const { gate, waiting, back } = device(false);
    expect(gate.isOpen).toBe(false);
    const passing = [1, 2, 3].map(() => outcome(gate.pass(new AbortController().signal)));
    expect(waiting.size).toBe(3);
    back();
    expect(await Promise.all(passing)).toEqual(['passed', 'passed', 'passed']);
    expect(waiting.size).toBe(0);
  });

  it('gives all who wait now one try, and later callers none', async () => {
    const { gate, waiting } = device(false);
    const first = outcome(gate.pass(new AbortController().signal));
    gate.letThrough();
    expect(await first).toBe('passed');
    expect(waiting.size).toBe(0);
    let passed = false;
    void gate.pass(new AbortController().signal).then(() => (passed = true));
    await Promise.resolve();
    expect(passed).toBe(false);
    expect(waiting.size).toBe(1);
  });

  it('forgets who went through', async () => {
    let ends = 0;
    const gate = new NetworkGate({ isOnline: () => false, onBack: () => () => ends++ });
    const passing = outcome(gate.pass(new AbortController().signal));
    gate.letThrough();
    gate.letThrough();
    expect(await passing).toBe('passed');
    expect(ends).toBe(1);
  });

  it('turns away callers that have given up, before or meanwhile, with their reason', async () => {
    for (const online of [true, false]) {
      const { gate, waiting } = device(online);
      expect(await outcome(gate.pass(AbortSignal.abort('given up')))).toBe('given up');
      expect(waiting.size).toBe(0);
    }
    const { gate, waiting, back } = device(false);
    const aborter = new AbortController();
    const passing = outcome(gate.pass(aborter.signal));
    aborter.abort('gone');
    expect(await passing).toBe('gone');
    expect(waiting.size).toBe(0);
    gate.letThrough();
    back();
  });
});

describe("the browser's word on the network", () => {
  it('is taken for offline only where it says so', () => {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
    try {
      for (const [navigator, online] of [
        [undefined, true],
        [{}, true],
        [{ onLine: true }, true],
        [{ onLine: false }, false],
      ] as const) {
        Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
        expect(browserNetwork.isOnline(), JSON.stringify(navigator)).toBe(online);
      }
    } finally {
      if (descriptor) Object.defineProperty(globalThis, 'navigator', descriptor);
      else Reflect.deleteProperty(globalThis, 'navigator');
    }
  });

  it('is heard once, and not at all by a listener that has stopped', () => {
    const target = new EventTarget();
    const listen = { addEventListener: target.addEventListener, removeEventListener: target.removeEventListener };
    const bound = Object.fromEntries(Object.entries(listen).map(([name, method]) => [name, method.bind(target)]));
    const before = { add: globalThis.addEventListener, remove: globalThis.removeEventListener };
    Object.assign(globalThis, bound);
    try {
      let heard = 0;
      browserNetwork.onBack(() => heard++);
      const stop = browserNetwork.onBack(() => (heard += 10));
      stop();
      target.dispatchEvent(new Event('offline'));
      expect(heard).toBe(0);
      target.dispatchEvent(new Event('online'));
      target.dispatchEvent(new Event('online'));
      expect(heard).toBe(1);
    } finally {
      Object.assign(globalThis, { addEventListener: before.add, removeEventListener: before.remove });
    }
  });
});
