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

/** The browser refused a command, or ended before it answered, or took too long. */
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
  timer: NodeJS.Timeout;
  resolve(result: Params): void;
  reject(error: Error): void;
}

/** How long the browser has for an answer, ms: the code of a page may never let go of it. */
const usualLimit = 10_000;

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
      // What came before isn't searched again: a message may have a hundred megabytes.
      const [end, ...begun] = chunk.split('\0');
      rest += end!;
      for (const next of begun) {
        const message = JSON.parse(rest) as Message;
        rest = next;
        this.#take(message);
      }
    });
    for (const stream of [to, from]) {
      stream.on('error', () => this.#end());
      stream.on('close', () => this.#end());
    }
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Rejects with a `DevtoolsError`. `limit` is in ms. */
  send(method: string, params: Params = {}, session?: string, limit = usualLimit): Promise<Params> {
    return new Promise((resolve, reject) => {
      if (this.#hasEnded) return reject(new DevtoolsError('The browser has ended.'));
      const id = ++this.#sent;
      const late = (): void => this.#settle(id)?.reject(new DevtoolsError('The browser doesn’t answer.'));
      this.#waiting.set(id, { resolve, reject, timer: setTimeout(late, limit) });
      this.#to.write(`${JSON.stringify({ id, method, params, ...(session && { sessionId: session }) })}\0`);
    });
  }

  #take({ id, method, params = {}, result = {}, error, sessionId }: Message): void {
    if (id === undefined) return this.onEvent({ method: method!, params, session: sessionId });
    const waiting = this.#settle(id);
    if (error) waiting?.reject(new DevtoolsError(error.message));
    else waiting?.resolve(result);
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.timer);
    return waiting;
  }

  #end(): void {
    this.#hasEnded = true;
    for (const id of this.#waiting.keys()) this.#settle(id)!.reject(new DevtoolsError('The browser has ended.'));
  }
}
