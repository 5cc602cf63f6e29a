import type { DoctorWorld } from '../doctor/index.js';

/** What the commands know of the world, so that tests can be it. */
export interface Io {
  env: Record<string, string | undefined>;
  /** Standard output: the result, and nothing else. */
  write(text: string): void;
  /** Standard error: everything for people. */
  warn(text: string): void;
  /** All of standard input. */
  read(): Promise<string>;
  /** Asks the person; absent where there is no terminal. */
  ask?: (question: string) => Promise<string>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Of this package. */
  version(): string;
  /** How `config` asks a provider for its addresses; by default the real one. */
  fetch?: typeof fetch;
  /** What `doctor` asks over the network; by default the real one. */
  doctor?: DoctorWorld;
}

/** What is wrong with a call, for the person who typed it. Never holds a value that may be a secret. */
export class UsageError extends Error {
  static {
    this.prototype.name = 'UsageError';
  }
}
