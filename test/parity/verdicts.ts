import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Deployment, PreflightRequest } from '../../src/preflight/index.js';

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
  request: { room: string; tenant: string | null; xmpp_domain: string; room_created_by_focus: boolean };
  token: string | null;
  token_omitted?: boolean;
  token_construction?: {
    header: { alg: string };
    payload: object;
    then_payload_claim_pad: { char: string; count: number };
  };
  json_parser_dependent?: boolean;
  now: number;
  verdict: { connect: RecordedAnswer; join: RecordedAnswer | null };
}

export interface Recording {
  policies: Record<string, RecordedPolicy>;
  cases: RecordedCase[];
}

export const readRecording = (file = 'test/data/prosody-verdicts/verdicts.json'): Recording =>
  JSON.parse(readFileSync(file, 'utf8')) as Recording;

export function deploymentOf(policy: RecordedPolicy): Deployment {
  const keys = {
    app_secret: { secret: policy.app_secret ?? '' },
    asap_key_server: { publicKeys: policy.public_keys_pem ?? {} },
    cache_keys_url: { jwks: policy.jwks ?? { keys: [] } },
  }[policy.key_source];
  return {
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
    plugins: policy.extra_modules,
  };
}

export const requestOf = ({ request, now }: RecordedCase): PreflightRequest => ({
  room: request.room,
  tenant: request.tenant,
  xmppDomain: request.xmpp_domain,
  now: new Date(now * 1000),
});

/** The token as it was sent; large ones are made again. `undefined` where the key for that isn't in the recording. */
export function tokenOf(recorded: RecordedCase, { app_secret }: RecordedPolicy): string | null | undefined {
  const construction = recorded.token_construction;
  if (!recorded.token_omitted || !construction) return recorded.token;
  if (!construction.header.alg.startsWith('HS') || app_secret === null) return undefined;
  const { char, count } = construction.then_payload_claim_pad;
  const signed = [construction.header, { ...construction.payload, pad: char.repeat(count) }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = createHmac(`sha${construction.header.alg.slice(2)}`, app_secret)
    .update(signed)
    .digest('base64url');
  return `${signed}.${signature}`;
}

/** What nobody can tell from a token and settings alone. */
export function outOfScope(recorded: RecordedCase, policy: RecordedPolicy): string | undefined {
  if (recorded.json_parser_dependent) return 'json_parser_dependent';
  if (!recorded.request.room_created_by_focus) return 'room not created';
  if (recorded.description.includes('unescaped')) return 'address sent unescaped';
  return tokenOf(recorded, policy) === undefined ? 'token to be signed with a key that was not recorded' : undefined;
}
