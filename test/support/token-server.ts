import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

const empty = (response: ServerResponse, _request: Asked): void => void response.end();

/** A real server for a real `fetch`: what it was asked, and an answer in the test's hands. */
export async function startTokenServer() {
  const asked: Asked[] = [];
  const arrivals = new EventTarget();
  let answer = empty;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const url = new URL(request.url ?? '', origin);
      const question = { method: request.method ?? '', url, headers: request.headers, body };
      asked.push(question);
      answer(response, question);
      arrivals.dispatchEvent(new Event('arrival'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    asked,
    /** Resolves when the next request was read and its answer begun. */
    arrival: () => once(arrivals as never, 'arrival'),
    answerWith(next: typeof answer): void {
      answer = next;
    },
    /** The usual kind of answer: a status, a content type, a body. */
    respond(status: number, type: string | undefined, body: string, headers: Record<string, string> = {}): void {
      answer = (response) =>
        response.writeHead(status, { ...(type ? { 'content-type': type } : {}), ...headers }).end(body);
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
