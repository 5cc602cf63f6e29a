import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Gate } from './gate.js';

export const socketPath = '/_standin/socket';

/** The codes of a page that went away properly; anything else is a connection that broke. */
const goodbyes = [1000, 1001, 1005];

export interface Sockets {
  attach(server: Server): void;
  close(): Promise<void>;
}

/** Leads WebSockets to the gate. */
export function createSockets(gate: Gate): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });
  const detachments: (() => void)[] = [];

  sockets.on('connection', (socket: WebSocket) => {
    const visit = gate.welcome({
      send: (text) => socket.send(text),
      refuse: () => socket.close(1008, 'not a message of the stand-in'),
      cut: () => socket.terminate(),
    });
    socket.on('message', (data) => visit.hear(data.toString()));
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => visit.closed(goodbyes.includes(code)));
  });

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.url?.split('?', 1)[0] !== socketPath) return;
    sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request));
  }

  return {
    attach(server) {
      server.on('upgrade', upgrade);
      detachments.push(() => server.off('upgrade', upgrade));
    },
    close() {
      for (const detach of detachments) detach();
      for (const socket of sockets.clients) socket.terminate();
      gate.close();
      return new Promise((resolve) => sockets.close(() => resolve()));
    },
  };
}
