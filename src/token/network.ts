/** Whether the device has a network, as far as the browser knows. */
export interface Network {
  isOnline(): boolean;
  /** Calls `run` once when the device is online again; the function returned cancels that. */
  onBack(run: () => void): () => void;
}

export const browserNetwork: Network = {
  isOnline: () => globalThis.navigator?.onLine !== false,
  onBack(run) {
    globalThis.addEventListener('online', run, { once: true });
    return () => globalThis.removeEventListener('online', run);
  },
};

/** Where requests wait while the device is offline. */
export class NetworkGate {
  readonly #waiting = new Set<() => void>();

  constructor(private readonly network: Network = browserNetwork) {}

  get isOpen(): boolean {
    return this.network.isOnline();
  }

  /**
   * Resolves when the device is online, or at the next `letThrough`; rejects with the signal's reason when that is
   * aborted.
   */
  pass(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (this.isOpen) return resolve();
      const done = (settle: () => void) => (): void => {
        this.#waiting.delete(goOn);
        cancelBack();
        signal.removeEventListener('abort', onAbort);
        settle();
      };
      const goOn = done(resolve);
      const onAbort = done(() => reject(signal.reason));
      const cancelBack = this.network.onBack(goOn);
      this.#waiting.add(goOn);
      signal.addEventListener('abort', onAbort);
    });
  }

  /** A browser may be wrong, as about a server on the same machine: all who wait now get one try. */
  letThrough(): void {
    for (const goOn of this.#waiting) goOn();
  }
}
