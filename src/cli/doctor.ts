import { createPublicKey, randomBytes } from 'node:crypto';
import { request } from 'node:https';
import {
  type Answer,
  capital,
  examine,
  type DoctorWorld,
  type Report,
  type TrialResult,
  trialWords,
} from '../doctor/index.js';
import type { DeploymentKeys } from '../preflight/index.js';
import type { TokenSignerOptions } from '../server/index.js';
import { deploymentOptions, givenDeployment } from './deployment.js';
import type { Io } from './io.js';
import { checkedDomain, parseOptions, required } from './options.js';
import { signingFrom } from './signing.js';
import { keysFrom } from './verification-keys.js';

const text = { type: 'string' } as const;

export const doctorOptions = {
  domain: text,
  room: text,
  tenant: text,
  keys: text,
  kid: text,
  muc: text,
  bosh: text,
  json: { type: 'boolean' },
} as const;

/** `doctor`: does only a valid token get in? Exit code 0 yes, 1 no, 2 can't be told. */
export async function doctorCommand(args: readonly string[], io: Io): Promise<number> {
  const { values } = parseOptions(args, { ...deploymentOptions, ...doctorOptions });
  const domain = checkedDomain(required(values.domain, 'domain', 'meet.example.org'));
  const { deployment: settings, named, env, notes } = givenDeployment(values, domain, io);
  const signing = signingFrom(
    {
      domain,
      appId: named.appId,
      xmppDomain: settings.xmppDomain,
      alg: named.algorithm,
      kid: values.kid,
      keyFile: values.keys,
    },
    { ...io, env },
  );
  const deployment = { ...settings, keys: await keysOf(signing, values.keys, io) };
  const report = await examine(
    {
      domain,
      room: values.room ?? `doctor-${randomBytes(4).toString('hex')}`,
      tenant: values.tenant ?? null,
      signing,
      deployment,
      xmppDomain: named.xmppDomain,
      muc: values.muc,
      bosh: values.bosh,
    },
    io.doctor ?? world(io),
  );
  io.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
  for (const note of notes) io.warn(`Note: ${note}\n`);
  return { yes: 0, no: 1, unknown: 2 }[report.onlyValid];
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

function reportText({ domain, room, tenant, trials, problems, sentence }: Report): string {
  const rows = trials.map((result) => [capital(trialWords[result.name]), expectedWords(result), answeredWords(result)]);
  const head = ['Sent', 'Expected', 'Answered'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const lines = (rows.length > 0 ? [head, ...rows] : []).map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  );
  const found = problems.flatMap(({ code, severity, message, fix }) => [
    '',
    `${severity.toUpperCase()} ${code}`,
    `  ${message}`,
    `  ${fix}`,
  ]);
  const place = `${domain}, ${tenant === null ? '' : `tenant ${tenant}, `}room ${room}`;
  return `${[place, '', ...lines, ...found, '', sentence].join('\n')}\n`;
}

function expectedWords({ expected: { connect, join } }: TrialResult): string {
  if (connect === 'rejected') return 'refused';
  if (join === 'rejected') return 'refused at the room';
  return connect === 'unknown' || join === 'unknown' ? 'can’t be told' : 'gets in';
}

function answeredWords({ connect, join }: TrialResult): string {
  return join === null ? answerWords(connect, '') : answerWords(join, ' at the room');
}

function answerWords(answer: Answer, place: string): string {
  if (answer.answer === 'accepted') return 'gets in';
  return answer.answer === 'silence' ? `no answer${place}` : `refused${place}: ${answer.text || 'without a reason'}`;
}
