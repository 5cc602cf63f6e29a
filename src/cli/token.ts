import { buildMeetingUrl } from '../room/index.js';
import { createTokenSigner, type FeatureRights, type GrantedRole, type MeetingGrant } from '../server/index.js';
import { JitsiMeetingError } from '../errors.js';
import { type Io, UsageError } from './io.js';
import { checkedDomain, parseDuration, parseOptions, required } from './options.js';
import { signingFrom } from './signing.js';

const text = { type: 'string' } as const;
const options = {
  domain: text,
  room: text,
  tenant: text,
  id: text,
  name: text,
  email: text,
  role: text,
  lobby: text,
  features: text,
  group: text,
  'expires-in': text,
  'app-id': text,
  'xmpp-domain': text,
  alg: text,
  kid: text,
  'key-file': text,
  link: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** `token`: prints a token, or with `--link` the meeting's address with it. */
export async function tokenCommand(args: readonly string[], io: Io): Promise<number> {
  const { values } = parseOptions(args, options);
  const domain = checkedDomain(required(values.domain, 'domain', 'meet.example.org'));
  const room = required(values.room, 'room', 'daily');
  const signer = createTokenSigner(
    signingFrom(
      {
        domain,
        appId: values['app-id'],
        xmppDomain: values['xmpp-domain'],
        alg: values.alg,
        kid: values.kid,
        keyFile: values['key-file'],
      },
      io,
    ),
  );
  const { token, claims, expiresIn } = await signer.sign(grantOf(values, room)).catch(inWordsOfOptions);
  const tenant = values.tenant ?? (claims.iss === 'chat' ? claims.sub : undefined);
  const link = buildMeetingUrl({ domain, tenant: tenant ?? null, room, jwt: token });
  const expiresAt = new Date(io.now() + expiresIn * 1000).toISOString();
  if (values.json) io.write(`${JSON.stringify({ token, link, expiresAt, claims }, null, 2)}\n`);
  else io.write(`${values.link ? link : token}\n`);
  return 0;
}

/** The signer speaks to who writes the grant; here that is who typed the options. */
function inWordsOfOptions(error: unknown): never {
  const [, fault] = /^Token grant: (.*)$/s.exec(JitsiMeetingError.is(error) ? error.message : '') ?? [];
  if (fault) throw new UsageError(fault.charAt(0).toUpperCase() + fault.slice(1));
  throw error;
}

function grantOf(values: Record<string, string | boolean | undefined>, room: string): MeetingGrant {
  const user = Object.fromEntries(
    (['id', 'name', 'email'] as const).flatMap((key) => (values[key] ? [[key, values[key]]] : [])),
  );
  return {
    room: room === '*' ? { any: true } : room,
    user,
    ...(values['tenant'] && { tenant: values['tenant'] as string }),
    ...(values['role'] && { role: values['role'] as GrantedRole }),
    ...(values['lobby'] && { lobby: values['lobby'] as 'bypass' | 'wait' }),
    ...(values['group'] && { group: values['group'] as string }),
    ...(values['features'] !== undefined && { features: featuresOf(values['features'] as string) }),
    ...(values['expires-in'] && { expiresIn: parseDuration(values['expires-in'] as string, 'expires-in') }),
  };
}

/** `recording,transcription`: on; every other one is off then. */
function featuresOf(list: string): FeatureRights {
  return Object.fromEntries(
    list
      .split(',')
      .filter(Boolean)
      .map((name) => [name.trim(), true]),
  );
}
