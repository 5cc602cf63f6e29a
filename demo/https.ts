import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { generate } from 'selfsigned';

const folder = fileURLToPath(new URL('../.cache/certificates', import.meta.url));
const day = 24 * 60 * 60 * 1000;

export interface Certificate {
  key: string;
  cert: string;
  /**
   * SHA-256 of the public key, base64. Chromium started with `--ignore-certificate-errors-spki-list=SPKI` trusts this
   * certificate fully; with plain `--ignore-certificate-errors` it never writes to its HTTP cache.
   */
  spki: string;
}

/**
 * A self-signed certificate for this machine only, made once and kept for later starts. It is in `localhost.crt` as well,
 * without its key, for programs that are to trust it (`NODE_EXTRA_CA_CERTS`).
 */
export async function localCertificate(now = new Date()): Promise<Certificate> {
  const certificate = await keptCertificate(now);
  writeFileSync(`${folder}/localhost.crt`, certificate.cert);
  return certificate;
}

async function keptCertificate(now: Date): Promise<Certificate> {
  const file = `${folder}/localhost.pem`;
  if (existsSync(file)) {
    const [key, cert] = readFileSync(file, 'utf8').split('\0') as [string, string];
    if (Date.parse(new X509Certificate(cert).validTo) > now.getTime() + day) return { key, cert, spki: spkiOf(cert) };
  }
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - day),
    notAfterDate: new Date(now.getTime() + 365 * day),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${key}\0${cert}`, { mode: 0o600 });
  return { key, cert, spki: spkiOf(cert) };
}

function spkiOf(cert: string): string {
  const publicKey = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(publicKey).digest('base64');
}

export interface HttpsServer {
  /** `https://localhost:PORT` */
  origin: string;
  /** `localhost:PORT`, what `<jitsi-meeting domain>` takes. */
  host: string;
  server: Server;
  certificate: Certificate;
  close(): Promise<void>;
}

/** How long a client may take, in ms. Node's own limits are a minute for the head and five for all of it. */
export interface RequestLimits {
  /** Until all headers are there. */
  head: number;
  /** Until the body is there as well. */
  request: number;
  /** How often the limits are checked. */
  look: number;
}

const patience: RequestLimits = { head: 10_000, request: 20_000, look: 2_000 };

/** The server's name in addresses; if it listens on all addresses, this machine's own name. */
function nameOf(hostname = 'localhost'): string {
  if (hostname === '0.0.0.0' || hostname === '::') return 'localhost';
  return hostname.includes(':') ? `[${hostname}]` : hostname;
}

/**
 * Serves a Hono app over https on this machine.
 *
 * @param app anything with Hono's `fetch`
 * @param options `port` 0 or none takes a free one; `hostname` is the name in the origin, and where it listens; without
 *   it, the origin is localhost and it listens on all addresses; `attach` gets the server, for WebSocket upgrades
 * @throws {Error} with code `EADDRINUSE` when the port is taken
 */
export async function serveHttps(
  app: { fetch(request: Request, env: never): Response | Promise<Response> },
  options: { port?: number; hostname?: string; attach?: (server: Server) => void; limits?: RequestLimits } = {},
): Promise<HttpsServer> {
  const certificate = await localCertificate();
  const { head, request, look } = options.limits ?? patience;
  const server = createServer({
    key: certificate.key,
    cert: certificate.cert,
    headersTimeout: head,
    requestTimeout: request,
    connectionsCheckingInterval: look,
  });
  server.on(
    'request',
    getRequestListener((asked, env) => app.fetch(asked, env as never)),
  );
  options.attach?.(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: options.port ?? 0, host: options.hostname }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const host = `${nameOf(options.hostname)}:${(server.address() as AddressInfo).port}`;
  return {
    origin: `https://${host}`,
    host,
    server,
    certificate,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
