import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { judgeConnecting, judgeJoining, type Judgement, type StandinPolicy } from '../../demo/standin/judge.js';

interface Policy {
  app_id: string;
  app_secret?: string;
  key_source: string;
  public_keys_pem?: Record<string, string>;
  signature_algorithm: string;
  accepted_issuers: string[];
  accepted_audiences: string[];
  allow_empty_token: boolean;
  enable_domain_verification: boolean;
  domain: string;
}
interface Answer {
  ok: boolean;
  condition: string | null;
  text: string | null;
}
interface Case {
  id: string;
  group: string;
  policy: string;
  request: { room: string; tenant: string | null };
  token: string | null;
  token_omitted?: boolean;
  now: number;
  verdict: { connect: Answer; join: Answer | null };
}

const data = JSON.parse(readFileSync(new URL('../data/prosody-verdicts/verdicts.json', import.meta.url), 'utf8')) as {
  policies: Record<string, Policy>;
  cases: Case[];
};

const policies = [
  'default-hs256',
  'no-domain-check',
  'accept-lists',
  'aud-jitsi',
  'docker-like',
  'allow-empty',
  'hs512',
  'rs256-keyserver',
];
const groups = [
  'happy',
  'sub-is-user-id',
  'header-typ',
  'header-alg',
  'header-kid',
  'claim-iss',
  'claim-aud',
  'claim-exp',
  'claim-nbf',
  'claim-room',
  'claim-sub',
  'empty-token',
  'several-faults',
  'size',
  'tenant',
];
/** What Lua makes of claims of the wrong type and keys that aren't any; tenants that are no names. Nobody issues these. */
const leftOut =
  /\/(false|expired-with-iat-(string|true).*|type-.*|number-12345|not-a-key|dotted-tenant|room-bracketed)$/;

const cases = data.cases.filter(
  ({ id, group, policy, token_omitted: omitted }) =>
    policies.includes(policy) && groups.includes(group) && !omitted && !leftOut.test(id),
);

function toPolicy(recorded: Policy): StandinPolicy {
  return {
    appId: recorded.app_id,
    ...(recorded.key_source === 'app_secret'
      ? { appSecret: recorded.app_secret! }
      : { publicKeys: recorded.public_keys_pem! }),
    algorithm: recorded.signature_algorithm,
    acceptedIssuers: recorded.accepted_issuers,
    acceptedAudiences: recorded.accepted_audiences,
    allowEmptyToken: recorded.allow_empty_token,
    domainVerification: recorded.enable_domain_verification,
    xmppDomain: recorded.domain,
  };
}

function recordedAnswer(answer: Answer | null): string | null {
  if (answer === null) return null;
  if (answer.ok) return 'accepted';
  return answer.condition?.startsWith('no-') ? 'silence' : answer.text;
}

const said = (judgement: Judgement<object>) => (judgement.answer === 'refused' ? judgement.text : judgement.answer);

test(`the stand-in answers ${cases.length} recorded tokens in the real server's words`, async () => {
  expect(cases.length).toBeGreaterThan(400);
  for (const { id, policy: name, token, request, now, verdict } of cases) {
    const policy = toPolicy(data.policies[name]!);
    const connecting = await judgeConnecting(token, policy, new Date(now * 1000));
    const joining = connecting.answer === 'accepted' ? judgeJoining(connecting.claims, request, policy) : null;
    expect({ id, connect: said(connecting), join: joining && said(joining) }).toEqual({
      id,
      connect: recordedAnswer(verdict.connect),
      join: recordedAnswer(verdict.join),
    });
  }
});
