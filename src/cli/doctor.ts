import { createPublicKey, randomBytes } from 'node:crypto';
import { request } from 'node:https';
import { decodeToken } from '../claims/index.js';
import { type DoctorOptions, type DoctorWorld, examine, type Report } from '../doctor/index.js';
import type { Deployment, DeploymentKeys } from '../preflight/index.js';
import type { TokenSignerOptions } from '../server/index.js';
import { deploymentOptions, givenDeployment } from './deployment.js';
import { pageText, reportText } from './doctor-text.js';
import { type Io, UsageError } from './io.js';
import { checkedDomain, parseDuration, parseOptions, required } from './options.js';
import { readText } from './read-file.js';
import { signingFrom } from './signing.js';
import { keysFrom } from './verification-keys.js';
import { type PageReport, watchPage } from './watch/index.js';

const text = { type: 'string' } as const;

export const doctorOptions = {
  domain: text,
  room: text,
  tenant: text,
  keys: text,
  kid: text,
  'token-file': text,
  jwks: text,
  muc: text,
  bosh: text,
  watch: text,
  wait: text,
  json: { type: 'boolean' },
} as const;

type DoctorValues = ReturnType<typeof parseDoctor>;
const parseDoctor = (args: readonly string[]) => parseOptions(args, { ...deploymentOptions, ...doctorOptions }).values;

const exitCodes = { yes: 0, no: 1, unknown: 2 };

/**
 * `doctor`: does only a valid token get in, and does the page of `--watch` join? Exit code 0 yes, 1 no, 2 can't be told.
 */
export async function doctorCommand(args: readonly string[], io: Io): Promise<number> {
  const values = parseDoctor(args);
  const watching = watchingOf(values);
  const examined = watching && values.domain === undefined ? null : await examineDeployment(values, io);
  const page = watching && (await watched(watching, io));
  const report = examined?.report;
  if (values.json) io.write(`${JSON.stringify({ ...report, ...(page && { page }) }, null, 2)}\n`);
  else io.write([report && reportText(report), page && pageText(page)].filter(Boolean).join('\n'));
  for (const note of examined?.notes ?? []) io.warn(`Note: ${note}\n`);
  const codes = [report?.onlyValid, page?.joins].map((verdict) => (verdict ? exitCodes[verdict] : 0));
  return codes.includes(1) ? 1 : Math.max(...codes);
}

async function examineDeployment(values: DoctorValues, io: Io): Promise<{ report: Report; notes: string[] }> {
  const domain = checkedDomain(required(values.domain, 'domain', 'meet.example.org'));
  const { deployment: settings, named, env, notes } = givenDeployment(values, domain, io);
  const { tokens, keys } = values['token-file']
    ? await foreignToken(values['token-file'], values, io)
    : await ownTokens(domain, settings, named, values, { ...io, env });
  const deployment = { ...settings, keys };
  const report = await examine(
    {
      domain,
      room: values.room ?? `doctor-${randomBytes(4).toString('hex')}`,
      tenant: values.tenant ?? null,
      tokens,
      deployment,
      xmppDomain: named.xmppDomain,
      muc: values.muc,
      bosh: values.bosh,
    },
    io.doctor ?? world(io),
  );
  const untried =
    'token' in tokens
      ? ['An expired token, or one of another issuer, can’t be tried without the provider’s private key.']
      : [];
  return { report, notes: [...notes, ...untried] };
}

interface Watching {
  address: string;
  /** Milliseconds. */
  patience: number;
}

function watchingOf(values: DoctorValues): Watching | null {
  const { watch, wait, domain } = values;
  if (watch === undefined) {
    if (wait !== undefined) throw new UsageError('--wait is for --watch.');
    return null;
  }
  const other = Object.keys(values).find((name) => !['watch', 'wait', 'json'].includes(name));
  if (domain === undefined && other !== undefined)
    throw new UsageError(`--${other} is about a deployment: add --domain to examine it, or leave --${other} out.`);
  const url = URL.canParse(watch) ? new URL(watch) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError('--watch must be the address of a page: https://app.example.org/meeting');
  if (url.username || url.password) throw new UsageError('--watch takes no user and no password in the address.');
  return { address: url.href, patience: parseDuration(wait ?? '60s', 'wait') * 1000 };
}

function watched(watching: Watching, io: Io): Promise<PageReport> {
  if (process.getuid?.() === 0)
    io.warn('Note: Chromium has no sandbox for root. Watch only a page that you trust, or be another user.\n');
  return watchPage(watching, io.env);
}

interface Tokens {
  tokens: DoctorOptions['tokens'];
  /** What the deployment holds against their signatures. */
  keys: DeploymentKeys;
}

async function ownTokens(
  domain: string,
  settings: Deployment,
  named: Partial<Deployment>,
  values: DoctorValues,
  io: Io,
): Promise<Tokens> {
  if (values.jwks !== undefined) throw new UsageError('--jwks is for --token-file; tokens of your own need --keys.');
  const { xmppDomain } = settings;
  const { appId, algorithm: alg } = named;
  const signing = signingFrom({ domain, appId, xmppDomain, alg, kid: values.kid, keyFile: values.keys }, io);
  return { tokens: { signing }, keys: await keysOf(signing, values.keys, io) };
}

/** Of a sign-in service, whose private key nobody else has. */
async function foreignToken(file: string, { jwks, keys, kid }: DoctorValues, io: Io): Promise<Tokens> {
  if (keys !== undefined || kid !== undefined)
    throw new UsageError('--token-file is a token that others signed; --keys and --kid are for tokens of your own.');
  const ofProvider = await keysFrom({ jwks }, undefined, io.now);
  if (!ofProvider) throw new UsageError('--token-file needs --jwks FILE, the keys that the service publishes.');
  const token = (file === '-' ? await io.read() : readText(file)).trim();
  const decoded = decodeToken(token);
  if (decoded.malformed !== undefined)
    throw new UsageError('--token-file has to hold a token (JWT), and nothing else.');
  const { expiresAt } = decoded.times;
  if (expiresAt && expiresAt.getTime() <= io.now())
    throw new UsageError(`The token of --token-file expired at ${expiresAt.toISOString()}; get a new one.`);
  return { tokens: { token }, keys: ofProvider };
}

/** What a deployment that takes these tokens holds against their signatures. */
async function keysOf(signing: TokenSignerOptions, file: string | undefined, { now }: Io): Promise<DeploymentKeys> {
  if ('keys' in signing) return (await keysFrom({ 'key-ring': file }, undefined, now))!;
  if ('secret' in signing) return { secret: signing.secret as string };
  const { privateKey, kid } = signing;
  const key = createPublicKey(Buffer.from(privateKey as string | Uint8Array));
  return { publicKeys: { [kid]: key.export({ type: 'spki', format: 'pem' }) as string } };
}

function world({ now }: Io): DoctorWorld {
  return {
    fetch,
    now,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    upgrade: (address) =>
      new Promise((resolve, reject) => {
        const headers = {
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
          'Sec-WebSocket-Protocol': 'xmpp',
        };
        const sent = request(address.replace(/^ws/, 'http'), { headers, timeout: 10_000 });
        sent.on('upgrade', (_response, socket) => (socket.destroy(), resolve(101)));
        sent.on('response', (response) => (response.destroy(), resolve(response.statusCode ?? 0)));
        sent.on('timeout', () => sent.destroy(new Error('timeout')));
        sent.on('error', reject);
        sent.end();
      }),
  };
}
