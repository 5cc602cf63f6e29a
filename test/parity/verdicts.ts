import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
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
    header: { alg: string; kid?: string };
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

function deploymentOf(policy: RecordedPolicy): Deployment {
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

/**
 * The token as it was sent, and the deployment that judges it. Large tokens were recorded as a recipe; of those that are
 * signed with a private key, which stayed on the recording machine, a new pair of keys signs.
 */
export function replayOf(
  recorded: RecordedCase,
  policy: RecordedPolicy,
): { token: string | null; deployment: Deployment } {
  const deployment = deploymentOf(policy);
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

/** What nobody can tell from a token and settings alone. */
export function outOfScope(recorded: RecordedCase): boolean {
  const { json_parser_dependent, request, description } = recorded;
  return Boolean(json_parser_dependent) || !request.room_created_by_focus || description.includes('unescaped');
}
