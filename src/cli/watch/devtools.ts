// Chromium's DevTools protocol over its pipe: JSON with a zero byte after each message. It needs no port and no library,
// and the browser ends with the pipe.
import type { Readable, Writable } from 'node:stream';

export type Params = Record<string, unknown>;

/** What the browser tells by itself. `session` is the page or frame that it is about. */
export interface DevtoolsEvent {
  method: string;
  params: Params;
  session: string | undefined;
}

/** The browser refused a command, or ended before it answered. */
export class DevtoolsError extends Error {}

interface Message {
  id?: number;
  method?: string;
  params?: Params;
  result?: Params;
  error?: { message: string };
  sessionId?: string;
}

interface Waiting {
  resolve(result: Params): void;
  reject(error: Error): void;
}

export class Devtools {
  readonly #to: Writable;
  readonly #waiting = new Map<number, Waiting>();
  #sent = 0;
  #hasEnded = false;
  /** Gets every event. */
  onEvent: (event: DevtoolsEvent) => void = () => {};

  constructor(to: Writable, from: Readable) {
    this.#to = to;
    let rest = '';
    from.setEncoding('utf8');
    from.on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\0');
      rest = parts.pop()!;
      for (const part of parts) this.#take(JSON.parse(part) as Message);
    });
    for (const stream of [to, from]) {
      stream.on('error', () => this.#end());
      stream.on('close', () => this.#end());
    }
  }

  /** Rejects with a `DevtoolsError`. */
  send(method: string, params: Params = {}, session?: string): Promise<Params> {
    return new Promise((resolve, reject) => {
      if (this.#hasEnded) return reject(new DevtoolsError('The browser has ended.'));
      const id = ++this.#sent;
      this.#waiting.set(id, { resolve, reject });
      this.#to.write(`${JSON.stringify({ id, method, params, ...(session && { sessionId: session }) })}\0`);
    });
  }

  #take({ id, method, params = {}, result = {}, error, sessionId }: Message): void {
    if (id === undefined) return this.onEvent({ method: method!, params, session: sessionId });
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new DevtoolsError(error.message));
    else waiting?.resolve(result);
  }

  #end(): void {
    this.#hasEnded = true;
    for (const { reject } of this.#waiting.values()) reject(new DevtoolsError('The browser has ended.'));
    this.#waiting.clear();
  }
}
