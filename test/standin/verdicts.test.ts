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

type Release = NonNullable<StandinPolicy['release']>;
interface Recording {
  policies: Record<string, Policy>;
  cases: Case[];
}

const read = <Type>(file: string): Type =>
  JSON.parse(readFileSync(new URL(`../data/prosody-verdicts/${file}`, import.meta.url), 'utf8')) as Type;

function recordingOf(release: Release): Recording {
  const old = read<Recording>('verdicts.json');
  if (release === '2026-03') return old;
  const changed = new Map(read<{ cases: Case[] }>('differences-13.json').cases.map(({ id, verdict }) => [id, verdict]));
  const now = read<Recording>('cases-13.json');
  const cases = old.cases.map((each) => ({ ...each, verdict: changed.get(each.id) ?? each.verdict }));
  return { policies: { ...old.policies, ...now.policies }, cases: [...cases, ...now.cases] };
}

const policies = [
  'default-hs256',
  'no-domain-check',
  'accept-lists',
  'aud-jitsi',
  'docker-like',
  'allow-empty',
  'hs512',
  'rs256-keyserver',
  'alg-default-secret',
  'alg-hs384',
  'alg-hs512',
  'names',
  'names-no-domain',
  'times',
  'issuers',
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
  'algorithms',
  'names',
  'sub-tenant',
  'times',
  'headers',
  'issuers',
];
/** What Lua makes of claims of the wrong type and keys that aren't any; what jose refuses (`crit`); rooms without an address. */
const leftOut =
  /\/(false|expired-with-iat-(string|true).*|type-.*|number-12345|not-a-key|apostrophe|crit-\w+|expired-iat-(word|null))$/;

const judged = ({ cases }: Recording): Case[] =>
  cases.filter(
    ({ id, group, policy, token_omitted: omitted }) =>
      policies.includes(policy) && groups.includes(group) && !omitted && !leftOut.test(id),
  );

function toPolicy(recorded: Policy, release: Release): StandinPolicy {
  return {
    release,
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

test.each<Release>(['2026-07', '2026-03'])(
  "answers recorded tokens in the real server's words: %s",
  async (release) => {
    const recording = recordingOf(release);
    const cases = judged(recording);
    expect(cases.length).toBeGreaterThan(release === '2026-03' ? 400 : 500);
    const differ: object[] = [];
    for (const { id, policy: name, token, request, now, verdict } of cases) {
      const policy = toPolicy(recording.policies[name]!, release);
      const connecting = await judgeConnecting(token, policy, new Date(now * 1000));
      const joining = connecting.answer === 'accepted' ? judgeJoining(connecting.claims, request, policy) : null;
      const answer = { id, connect: said(connecting), join: joining && said(joining) };
      const recorded = { id, connect: recordedAnswer(verdict.connect), join: recordedAnswer(verdict.join) };
      if (JSON.stringify(answer) !== JSON.stringify(recorded)) differ.push({ answer, recorded });
    }
    expect(differ).toEqual([]);
  },
);
