import {
  type Deployment,
  dockerJitsiMeet,
  jaas,
  type Preflight,
  preflight,
  selfHosted,
  type Verdict,
} from '../preflight/index.js';
import { parseMeetingUrl } from '../room/index.js';
import { readEnvFile } from './env-file.js';
import { type Io, UsageError } from './io.js';
import { checkedDomain, parseOptions } from './options.js';
import { preflightTable } from './table.js';

const text = { type: 'string' } as const;
const options = {
  domain: text,
  room: text,
  tenant: text,
  preset: text,
  'env-file': text,
  json: { type: 'boolean' },
} as const;

/** `check`: would that deployment take this token for that room? Exit code 0 yes, 1 no, 2 can't be told. */
export async function checkCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(args, options, 1);
  const [argument] = positionals;
  if (!argument)
    throw new UsageError('Give a token, a meeting’s link with a token, or - to read one from standard input.');
  const given = (argument === '-' ? await io.read() : argument).trim();
  const link = /^([a-z.]+:)?\/\//i.test(given) ? parseMeetingUrl(given) : undefined;
  const token = link ? tokenOf(given) : given;
  const room = values.room ?? link?.room;
  const address = values.domain ?? link?.domain;
  if (!room || !address)
    throw new UsageError('Give --domain and --room: a token is good for one room of one deployment.');
  const env = values['env-file'] ? { ...io.env, ...readEnvFile(values['env-file']) } : io.env;
  const result = await preflight(token, deploymentOf(values.preset, env, checkedDomain(address)), {
    room,
    tenant: values.tenant ?? link?.tenant ?? null,
    now: new Date(io.now()),
  });
  io.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : preflightTable(result));
  return exitCode(result);
}

function deploymentOf(preset = 'self-hosted', env: Io['env'], domain: string): Deployment {
  switch (preset) {
    case 'self-hosted':
      return selfHostedFrom(env, domain);
    case 'docker':
      return dockerJitsiMeet(env);
    case 'jaas':
      return jaas();
    default:
      throw new UsageError(`--preset is ${JSON.stringify(preset)}; expected self-hosted, docker or jaas.`);
  }
}

/** What the environment doesn't say stays open: the verdict is `unknown` where it hangs on that. */
function selfHostedFrom(env: Io['env'], domain: string): Deployment {
  const { JWT_APP_ID: appId, JWT_APP_SECRET: secret, XMPP_DOMAIN: xmppDomain } = env;
  const host = xmppDomain || new URL(`https://${domain}`).hostname;
  if (!appId) return { xmppDomain: host };
  return selfHosted({ domain: host, appId, ...(secret && { secret }), ...listsFrom(env) });
}

function listsFrom(env: Io['env']): Pick<Deployment, 'acceptedIssuers' | 'acceptedAudiences'> {
  const { acceptedIssuers, acceptedAudiences } = dockerJitsiMeet(env);
  return { ...(acceptedIssuers && { acceptedIssuers }), ...(acceptedAudiences && { acceptedAudiences }) };
}

function tokenOf(link: string): string | null {
  const url = new URL(link);
  const inHash = new URLSearchParams(url.hash.slice(1)).get('jwt')?.replace(/^"|"$/g, '');
  return inHash ?? url.searchParams.get('jwt');
}

function exitCode({ connect, join }: Preflight): number {
  const verdicts: (Verdict | null)[] = [connect, join];
  if (verdicts.includes('rejected')) return 1;
  return verdicts.every((verdict) => verdict === 'accepted') ? 0 : 2;
}
