import { afterAll, describe, expect, it } from 'vitest';
import { preflight, type Finding, type Verdict } from '../../src/preflight/index.js';
import { deploymentOf, outOfScope, readRecording, requestOf, tokenOf, type RecordedAnswer } from './verdicts.js';

const { policies, cases } = readRecording();
const groups = [...new Set(cases.map(({ group }) => group))];
const table: Record<string, { cases: number; inScope: number; agree: number; reasons: number; reasonsAgree: number }> =
  {};

const verdictOf = (answer: RecordedAnswer | null): Verdict | null => answer && (answer.ok ? 'accepted' : 'rejected');

const firstError = (findings: Finding[], stage: Finding['stage']) =>
  findings.find((finding) => finding.severity === 'error' && finding.stage === stage);

describe('preflight says what the recorded server said', () => {
  for (const group of groups) {
    const recorded = cases.filter((each) => each.group === group);
    it(`in the group ${group} (${recorded.length} cases)`, async () => {
      const row = (table[group] = { cases: recorded.length, inScope: 0, agree: 0, reasons: 0, reasonsAgree: 0 });
      const differences: unknown[] = [];
      for (const each of recorded) {
        const policy = policies[each.policy]!;
        if (outOfScope(each, policy)) continue;
        row.inScope++;
        const said = await preflight(tokenOf(each, policy)!, deploymentOf(policy), requestOf(each));
        const { connect, join } = each.verdict;
        const expected = [verdictOf(connect), connect.ok ? verdictOf(join) : null];
        if (said.connect === expected[0] && said.join === expected[1]) row.agree++;
        else
          differences.push({ id: each.id, expected, said: [said.connect, said.join], found: said.findings[0]?.code });

        const stage = connect.ok ? 'join' : 'connect';
        const answer = each.verdict[stage];
        if (!answer || answer.ok) continue;
        row.reasons++;
        // An answer that never comes has no text; neither has our finding then, but it has a code of its own.
        const text = answer.condition?.startsWith('no-') ? undefined : answer.text;
        const reason = firstError(said.findings, stage);
        if (reason && reason.serverText === text) row.reasonsAgree++;
        else differences.push({ id: each.id, text, said: reason?.code, ours: reason?.serverText });
      }
      expect(differences).toEqual([]);
    });
  }

  afterAll(() => {
    const total = Object.values(table).reduce(
      (sum, row) => ({
        cases: sum.cases + row.cases,
        inScope: sum.inScope + row.inScope,
        agree: sum.agree + row.agree,
        reasons: sum.reasons + row.reasons,
        reasonsAgree: sum.reasonsAgree + row.reasonsAgree,
      }),
      { cases: 0, inScope: 0, agree: 0, reasons: 0, reasonsAgree: 0 },
    );
    console.table({ ...table, total });
  });
});
