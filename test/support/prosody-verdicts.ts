import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Deployment, JitsiRelease, PreflightRequest } from '../../src/preflight/index.js';

/** `test/data/prosody-verdicts/README.md` describes what was recorded and how. */
export interface RecordedPolicy {
  app_id: string;
  app_secret: string | null;
  signature_algorithm: string;
  key_source: 'app_secret' | 'asap_key_server' | 'cache_keys_url';
  public_keys_pem?: Record<string, string>;
  jwks?: { keys: { kty: string }[] };
  accepted_issuers: string[];
  accepted_audiences: string[];
  allow_empty_token: boolean;
  require_room_claim: boolean;
  enable_domain_verification: boolean;
  domain: string;
  muc_mapper_domain_base: string | null;
  guest_domain: string | null;
  extra_modules: string[];
  /** Of the recording of July 2026. */
  jwks_raw?: string;
  both_key_sources?: boolean;
  muc_modules?: string[];
  muc_options?: { wait_for_host_disable_auto_owners?: boolean; p13_allow_unauthenticated?: boolean };
}

export interface RecordedAnswer {
  ok: boolean;
  condition?: string;
  text?: string;
}

export interface RecordedCase {
  id: string;
  group: string;
  description: string;
  policy: string;
  request: {
    room: string;
    tenant: string | null;
    xmpp_domain: string;
    room_created_by_focus: boolean;
    display_name?: string;
    password?: string;
  };
  token: string | null;
  token_omitted?: boolean;
  token_construction?: {
    header: { alg: string; kid?: string };
    payload: object;
    then_payload_claim_pad: { char: string; count: number };
  };
  json_parser_dependent?: boolean;
  now: number;
  verdict: { connect: RecordedAnswer; join: RecordedAnswer | null };
  role?: { affiliation: string; role: string };
  /** The people who were in the room before, and what they set. */
  setup?: { host: string; lobby?: boolean; password?: string; host_context?: { room?: { lobby?: boolean } } }[];
  resume?: { after_s: number; token: string };
  resume_result?: { connect: RecordedAnswer };
}

export interface Recording {
  policies: Record<string, RecordedPolicy>;
  cases: RecordedCase[];
}

const folder = 'test/data/prosody-verdicts';
const read = <Type>(file: string): Type => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Type;

/** What the server of a release answered to the cases of March, and the new cases of July. */
export function readRecording(release: JitsiRelease): Recording {
  const old = read<Recording>('verdicts.json');
  if (release === '2026-03') return old;
  const { cases: changed } = read<{ cases: Pick<RecordedCase, 'id' | 'verdict'>[] }>('differences-13.json');
  const verdicts = new Map(changed.map(({ id, verdict }) => [id, verdict]));
  const now = read<Recording>('cases-13.json');
  return {
    policies: { ...old.policies, ...now.policies },
    cases: [...old.cases.map((each) => ({ ...each, verdict: verdicts.get(each.id) ?? each.verdict })), ...now.cases],
  };
}

function deploymentOf(policy: RecordedPolicy, release: JitsiRelease): Deployment {
  const jwks = policy.jwks_raw
    ? (JSON.parse(policy.jwks_raw) as Record<string, string>)
    : (policy.jwks ?? { keys: [] });
  const keys = {
    app_secret: { secret: policy.app_secret ?? '' },
    asap_key_server: { publicKeys: policy.public_keys_pem ?? {} },
    cache_keys_url: { jwks, ...(policy.both_key_sources && { publicKeys: policy.public_keys_pem ?? {} }) },
  }[policy.key_source];
  const option = 'wait_for_host_disable_auto_owners';
  return {
    release,
    appId: policy.app_id,
    keys,
    algorithm: policy.signature_algorithm,
    acceptedIssuers: policy.accepted_issuers,
    acceptedAudiences: policy.accepted_audiences,
    allowEmptyToken: policy.allow_empty_token,
    requireRoomClaim: policy.require_room_claim,
    domainVerification: policy.enable_domain_verification,
    xmppDomain: policy.domain,
    mucMapperDomainBase: policy.muc_mapper_domain_base,
    guestDomain: policy.guest_domain,
    plugins: [
      ...policy.extra_modules,
      ...(policy.muc_modules ?? []),
      ...(policy.muc_options?.[option] ? [option] : []),
    ],
    proxy: 'none',
  };
}

export function requestOf({ request, setup = [], now }: RecordedCase, policy: RecordedPolicy): PreflightRequest {
  const [host] = setup;
  const open = policy.muc_options?.p13_allow_unauthenticated;
  return {
    room: request.room,
    tenant: request.tenant,
    xmppDomain: request.xmpp_domain,
    now: new Date(now * 1000),
    roomExists: request.room_created_by_focus,
    lobby: host?.lobby ?? host?.host_context?.room?.lobby ?? false,
    roomPassword: host?.password ?? null,
    password: request.password ?? null,
    displayName: request.display_name ?? null,
    occupants: setup.length,
    ...(open !== undefined && { unauthenticatedAccess: open }),
  };
}

/**
 * The token as it was sent, and the deployment that judges it. Large tokens were recorded as a recipe; of those that
 * are signed with a private key, which stayed on the recording machine, a new pair of keys signs.
 */
export function replayOf(
  recorded: RecordedCase,
  policy: RecordedPolicy,
  release: JitsiRelease,
): { token: string | null; deployment: Deployment } {
  const deployment = deploymentOf(policy, release);
  const recipe = recorded.token_construction;
  if (!recorded.token_omitted || !recipe) return { token: recorded.token, deployment };
  const { header, payload, then_payload_claim_pad: pad } = recipe;
  const signed = [header, { ...payload, pad: pad.char.repeat(pad.count) }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const hash = `sha${header.alg.slice(2)}`;
  if (header.alg.startsWith('HS')) {
    const signature = createHmac(hash, policy.app_secret!).update(signed).digest('base64url');
    return { token: `${signed}.${signature}`, deployment };
  }
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return {
    token: `${signed}.${sign(hash, Buffer.from(signed), privateKey).toString('base64url')}`,
    deployment: { ...deployment, keys: { publicKeys: { [header.kid!]: pem } } },
  };
}

/** A room's address that Jitsi's client doesn't send, or JSON that only the server reads as it does. */
export function outOfScope({ json_parser_dependent, description }: RecordedCase): boolean {
  return Boolean(json_parser_dependent) || description.includes('unescaped');
}

/** Whether the verdict hangs on what is so in the room, which an element doesn't know. */
export function hangsOnRoom({ setup, request, policy }: RecordedCase): boolean {
  return Boolean(setup) || !request.room_created_by_focus || /^(unauth-|roles-owner-party)/.test(policy);
}
