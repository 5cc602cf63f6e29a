// HTTP/2, as web servers have it: many small files cost hardly more than one.
import { createSecureServer, type Http2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { localCertificate } from '../../demo/https.js';

export interface Http2Server {
  host: string;
  close(): Promise<void>;
}

/** Serves a Hono app on this machine. */
export async function serveHttp2(app: { fetch(request: Request): Response | Promise<Response> }): Promise<Http2Server> {
  const { key, cert } = await localCertificate();
  const server = createSecureServer(
    { key, cert, allowHTTP1: true },
    getRequestListener((request) => app.fetch(request)),
  );
  const sessions = new Set<Http2Session>();
  server.on('session', (session) => sessions.add(session.once('close', () => sessions.delete(session))));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const session of sessions) session.destroy();
      }),
  };
}
