import { decodeToken } from '../claims/index.js';
import { type Deployment, type Preflight, preflight, type Verdict } from '../preflight/index.js';
import { deploymentOptions, givenDeployment } from './deployment.js';
import { type Io, UsageError } from './io.js';
import { checkedDomain, parseOptions } from './options.js';
import { roomOptions, roomStateFrom } from './room-state.js';
import { providerSentence } from './provider-sentence.js';
import { preflightTable, tokenSummary } from './table.js';
import { readTokenArgument } from './token-argument.js';
import { keyOptions, keysFrom } from './verification-keys.js';

const text = { type: 'string' } as const;

export const checkOptions = {
  domain: text,
  room: text,
  tenant: text,
  'connect-to': text,
  json: { type: 'boolean' },
  ...keyOptions,
  ...roomOptions,
} as const;

/** `check`: would that deployment take this token for that room? Exit code 0 yes, 1 no, 2 can't be told. */
export async function checkCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(args, { ...deploymentOptions, ...checkOptions }, 1);
  const [argument] = positionals;
  if (!argument)
    throw new UsageError('Give a token, a meeting’s link with a token, or - to read one from standard input.');
  const { token, link, notes } = readTokenArgument(argument === '-' ? await io.read() : argument);
  const room = values.room ?? link?.room;
  const address = values.domain ?? link?.domain;
  if (!room || !address)
    throw new UsageError('Give --domain and --room: a token is good for one room of one deployment.');
  const domain = checkedDomain(address);
  const decoded = token === null ? null : decodeToken(token);
  const given = givenDeployment(values, domain, io);
  const kid = decoded?.header?.kid;
  const keys = await keysFrom(values, typeof kid === 'string' ? kid : undefined, io.now);
  const deployment: Deployment = { ...given.deployment, ...(keys && { keys }) };
  const state = roomStateFrom(values, io.now());
  const result = await preflight(token, deployment, {
    ...state,
    room,
    tenant: values.tenant ?? link?.tenant ?? null,
    ...(values['connect-to'] && { xmppDomain: values['connect-to'] }),
  });
  const summary = decoded && tokenSummary(decoded);
  const sentence =
    decoded?.malformed === undefined && decoded ? providerSentence(result, decoded, deployment) : undefined;
  const said = [...notes, ...given.notes];
  if (values.json) io.write(`${JSON.stringify({ ...result, token: summary, sentence, notes: said }, null, 2)}\n`);
  else io.write(`${sentence ? `${sentence}\n\n` : ''}${preflightTable(result, summary, state.now!.getTime())}`);
  for (const note of said) io.warn(`Note: ${note}\n`);
  return exitCode(result);
}

function exitCode({ connect, join }: Preflight): number {
  const verdicts: (Verdict | null)[] = [connect, join];
  if (verdicts.includes('rejected')) return 1;
  return verdicts.every((verdict) => verdict === 'accepted') ? 0 : 2;
}
