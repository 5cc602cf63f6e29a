import type { FromServer, ToServer } from '../protocol.js';

/** The socket to the stand-in's server. */
export class Connection {
  #socket: WebSocket | undefined;
  #left = false;

  constructor(
    private readonly receive: (message: FromServer) => void,
    /** The connection broke by itself. */
    private readonly broken: () => void,
  ) {}

  open(first: Extract<ToServer, { type: 'connect' }>): void {
    const socket = new WebSocket(`wss://${location.host}/_standin/socket`);
    this.#socket = socket;
    socket.addEventListener('open', () => socket.send(JSON.stringify(first)));
    socket.addEventListener('message', ({ data }) => this.receive(JSON.parse(data as string) as FromServer));
    socket.addEventListener('close', () => {
      if (!this.#left && this.#socket === socket) this.broken();
    });
  }

  send(message: ToServer): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Closes with a goodbye, so that the others see no ghost. */
  leave(): void {
    this.send({ type: 'leave' });
    this.close();
  }

  close(): void {
    this.#left = true;
    this.#socket?.close();
  }
}
