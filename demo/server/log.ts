import type { Log } from '../../server/src/log.js';

/** Tells what went wrong, in words, and nothing of what went well. */
export function logTo(tell: (error: unknown) => void = () => {}): Log {
  const told = (entry: unknown): void => {
    const { event = '', fault = '' } = entry as { event?: string; fault?: string };
    tell(`${event}: ${fault}`);
  };
  return { debug() {}, info() {}, warn: told, error: told };
}
