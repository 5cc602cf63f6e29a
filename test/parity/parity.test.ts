import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeToken, describeRole } from '../../src/claims/index.js';
import { preflight, type JitsiRelease, type Preflight, type Verdict } from '../../src/preflight/index.js';
import {
  outOfScope,
  readRecording,
  type RecordedAnswer,
  type RecordedCase,
  replayOf,
  requestOf,
} from '../support/prosody-verdicts.js';
import { stat, statsWanted } from '../support/stats.js';

const verdictOf = (answer: RecordedAnswer | null): Verdict | null => answer && (answer.ok ? 'accepted' : 'rejected');

/** `undefined` where the server let the person in, `null` where no answer came, or none with words. */
function recordedReason({ verdict }: RecordedCase): string | null | undefined {
  const answer = verdict.connect.ok ? verdict.join : verdict.connect;
  if (!answer || answer.ok) return undefined;
  if (answer.condition?.startsWith('no-')) return null;
  // The address in it ends with a nickname that the recorder made up.
  return answer.text?.replace(/^(The destination address is invalid): .*/, '$1') ?? null;
}

/** The same of a preflight: its first error in the stage that refuses. */
function saidReason({ connect, findings }: Preflight): string | null | undefined {
  const stage = connect === 'rejected' ? 'connect' : 'join';
  const first = findings.find((finding) => finding.severity === 'error' && finding.stage === stage);
  return first && (first.serverText ?? null);
}

describe.each<JitsiRelease>(['2026-07', '2026-03'])('preflight says what the recorded server of %s said', (release) => {
  const { policies, cases } = readRecording(release);
  const table: Record<
    string,
    Record<'cases' | 'in scope' | 'agree' | 'refused' | 'reason agrees' | 'roles', number>
  > = {};

  async function replay(recorded: RecordedCase): Promise<Preflight> {
    const policy = policies[recorded.policy]!;
    const { token, deployment } = replayOf(recorded, policy, release);
    return preflight(token, deployment, requestOf(recorded, policy));
  }

  for (const group of new Set(cases.map((each) => each.group))) {
    const recorded = cases.filter((each) => each.group === group);
    const inScope = recorded.filter((each) => !outOfScope(each));

    it(`in the group ${group} (${inScope.length} of ${recorded.length} cases in scope)`, async () => {
      const results = await Promise.all(inScope.map(async (each) => ({ each, said: await replay(each) })));
      const differ = results.filter(
        ({ each: { verdict }, said }) =>
          said.connect !== verdictOf(verdict.connect) || said.join !== verdictOf(verdict.join),
      );
      const refused = results.filter(({ each }) => recordedReason(each) !== undefined);
      const otherReason = refused.filter(({ each, said }) => recordedReason(each) !== saidReason(said));
      const withRole = results.filter(({ each }) => each.role !== undefined);
      const otherRole = withRole.filter(({ each, said }) => each.role!.role !== said.role);
      table[group] = {
        cases: recorded.length,
        'in scope': inScope.length,
        agree: inScope.length - differ.length,
        refused: refused.length,
        'reason agrees': refused.length - otherReason.length,
        roles: withRole.length - otherRole.length,
      };
      expect(differ.map(({ each, said }) => [each.id, said.connect, said.join])).toEqual([]);
      expect(otherReason.map(({ each, said }) => [each.id, recordedReason(each), saidReason(said)])).toEqual([]);
      expect(otherRole.map(({ each, said }) => [each.id, each.role, said.role])).toEqual([]);
    });
  }

  it('even where the verdict hangs on the JSON parser', async () => {
    const dependent = cases.filter((each) => each.json_parser_dependent);
    expect(dependent).toHaveLength(release === '2026-03' ? 6 : 10);
    for (const each of dependent) {
      const { connect, join } = await replay(each);
      expect([each.id, connect, join]).toEqual([
        each.id,
        verdictOf(each.verdict.connect),
        verdictOf(each.verdict.join),
      ]);
    }
  });

  it("the troubleshooting guide has each of the server's texts under its code", async () => {
    const guide = readFileSync('docs/reference/troubleshooting.md', 'utf8').split('\n### ');
    const sections = new Map(guide.map((section) => [section.split('`')[1], section]));
    const said = await Promise.all(cases.filter((each) => !outOfScope(each)).map(replay));
    const causes = ['provider-token', 'claims-misplaced'];
    for (const { code, serverText } of said.flatMap(({ findings }) => findings))
      if (serverText && !causes.includes(code)) expect(sections.get(code)).toContain(serverText.replace(/ \(.*/, ''));
  });

  afterAll(() => {
    const columns = Object.values(table);
    const sum = (name: keyof (typeof columns)[number]) => columns.reduce((total, row) => total + row[name], 0);
    const total = {
      cases: sum('cases'),
      'in scope': sum('in scope'),
      agree: sum('agree'),
      refused: sum('refused'),
      'reason agrees': sum('reason agrees'),
      roles: sum('roles'),
    };
    stat(`Prosody with Jitsi's plugins of ${release}`);
    if (statsWanted) console.table({ ...table, total });
  });
});

describe('what follows from the recording of July 2026', () => {
  const { policies, cases } = readRecording('2026-07');

  it('a connection that is resumed is judged by its token as a new one is', async () => {
    const resumed = cases.filter(({ resume }) => resume);
    expect(resumed).toHaveLength(6);
    for (const each of resumed) {
      const policy = policies[each.policy]!;
      const { token, deployment } = replayOf(each, policy, '2026-07');
      const later = new Date((each.now + each.resume!.after_s) * 1000);
      const again = each.resume!.token === 'same' ? token : each.resume!.token;
      const said = await preflight(again, deployment, { ...requestOf(each, policy), now: later });
      expect([each.id, said.connect]).toEqual([each.id, verdictOf(each.resume_result!.connect)]);
    }
  });

  it('a lobby or a password that stands in the way is told as that, and nothing else is', async () => {
    const kinds: Record<string, string> = {
      'registration-required': 'lobby',
      'not-acceptable': 'name',
      'not-authorized': 'password',
    };
    for (const each of cases.filter(({ group }) => ['lobby', 'password', 'roles'].includes(group))) {
      const policy = policies[each.policy]!;
      const { token, deployment } = replayOf(each, policy, '2026-07');
      const { lobby } = await preflight(token, deployment, requestOf(each, policy));
      const { join } = each.verdict;
      const recorded = each.id.match(/wait.*guest-domain/) ? 'host' : join?.ok ? 'none' : kinds[join?.condition ?? ''];
      expect([each.id, lobby]).toEqual([each.id, recorded]);
    }
  });

  it('describeRole reads what token_affiliation makes of a token', async () => {
    const judged = cases.filter(({ policy, token }) => policy === 'roles-affiliation' && token);
    expect(judged.length).toBeGreaterThan(20);
    for (const each of judged) {
      const { asked } = describeRole(decodeToken(each.token!).claims);
      expect([each.id, asked === 'moderator']).toEqual([each.id, each.role?.role === 'moderator']);
    }
  });
});
