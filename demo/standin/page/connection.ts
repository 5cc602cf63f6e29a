import type { FromServer, ToServer } from '../protocol.js';
import { openChannel, type Channel } from './channel.js';

/** The connection to the stand-in's server. */
export class Connection {
  #channel: Channel | undefined;
  #left = false;

  constructor(
    private readonly receive: (message: FromServer) => void,
    /** The connection broke by itself. */
    private readonly broken: () => void,
  ) {}

  open(first: Extract<ToServer, { type: 'connect' }>): void {
    const channel = openChannel({
      opened: () => channel.send(JSON.stringify(first)),
      message: (text) => this.receive(JSON.parse(text) as FromServer),
      closed: () => {
        if (!this.#left && this.#channel === channel) this.broken();
      },
    });
    this.#channel = channel;
  }

  send(message: ToServer): void {
    this.#channel?.send(JSON.stringify(message));
  }

  /** Closes with a goodbye, so that the others see no ghost. */
  leave(): void {
    this.send({ type: 'leave' });
    this.close();
  }

  /** Breaks without a goodbye, as a lost network does. */
  cut(): void {
    this.#channel?.cut();
  }

  close(): void {
    this.#left = true;
    this.#channel?.close();
  }
}
