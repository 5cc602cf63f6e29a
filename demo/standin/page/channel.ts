import { facts } from './settings.js';

/** A way to the stand-in's server: a WebSocket, or a worker of the browser where there is no server. */
export interface Channel {
  send(text: string): void;
  /** With a goodbye. */
  close(): void;
  /** Without one, as a lost network. */
  cut(): void;
}

interface Listener {
  opened(): void;
  message(text: string): void;
  closed(): void;
}

export const openChannel = (listener: Listener): Channel =>
  facts().server === 'worker' ? workerChannel(listener) : socketChannel(listener);

function socketChannel({ opened, message, closed }: Listener): Channel {
  const socket = new WebSocket(`wss://${location.host}/_standin/socket`);
  socket.addEventListener('open', opened);
  socket.addEventListener('message', ({ data }) => message(data as string));
  socket.addEventListener('close', closed);
  return {
    send: (text) => void (socket.readyState === WebSocket.OPEN && socket.send(text)),
    close: () => socket.close(),
    cut: () => socket.close(4000, 'cut'),
  };
}

/** What goes over the port besides messages. */
export const portWords = { goodbye: 'goodbye', cut: 'cut' } as const;

function workerChannel({ opened, message, closed }: Listener): Channel {
  const port = portOfServer();
  let isOpen = true;
  const end = (word: string): void => {
    if (!isOpen) return;
    isOpen = false;
    port.postMessage(word);
    closed();
  };
  port.addEventListener('message', (event: Event) => {
    const { data } = event as MessageEvent<string>;
    if (!isOpen) return;
    if (data !== portWords.cut) return message(data);
    isOpen = false;
    closed();
  });
  if ('start' in port) port.start();
  // As with a socket, whose opening comes later.
  queueMicrotask(opened);
  return {
    send: (text) => isOpen && port.postMessage(text),
    close: () => end(portWords.goodbye),
    cut: () => end(portWords.cut),
  };
}

/** One worker for all tabs; where a browser has no such worker, one for each frame, in which everyone is alone. */
function portOfServer(): MessagePort | Worker {
  const script = 'worker.js';
  if (typeof SharedWorker === 'undefined') return new Worker(script);
  return new SharedWorker(script).port;
}
