// Runs what is pure in a module worker, where there is no DOM, and sends back what came of it.
import { decodeToken, describeFeatures, describeRole, describeUser } from '../../src/claims/index.js';
import { preflight, selfHosted } from '../../src/preflight/index.js';
import { buildMeetingUrl, normaliseRoom, parseMeetingUrl } from '../../src/room/index.js';

export interface Asked {
  jwt: string;
  publicKey: string;
  now: number;
}

export async function askAll({ jwt, publicKey, now }: Asked) {
  const { claims, times } = decodeToken(jwt);
  const keys = { publicKeys: { key: publicKey } };
  return {
    hasDom: 'document' in globalThis,
    claims,
    times,
    role: describeRole(claims),
    user: describeUser(claims),
    features: describeFeatures(claims),
    verdict: await preflight(jwt, selfHosted({ domain: 'meet.example.com', appId: 'my_app', keys }), {
      room: 'Über uns',
      now: new Date(now),
    }),
    room: normaliseRoom('Über uns'),
    url: buildMeetingUrl({ domain: 'meet.example.com', tenant: 'team', room: 'Über uns', jwt }),
    parsed: parseMeetingUrl('https://meet.example.com/team/%C3%BCber%20uns'),
  };
}

if ('WorkerGlobalScope' in globalThis)
  addEventListener('message', async ({ data }: MessageEvent<Asked>) => postMessage(await askAll(data)));
