import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { preflight, type Preflight, type Verdict } from '../../src/preflight/index.js';
import { outOfScope, readRecording, type RecordedAnswer, type RecordedCase, replayOf, requestOf } from './verdicts.js';

const { policies, cases } = readRecording();

async function replay(recorded: RecordedCase): Promise<Preflight> {
  const { token, deployment } = replayOf(recorded, policies[recorded.policy]!);
  return preflight(token, deployment, requestOf(recorded));
}

const verdictOf = (answer: RecordedAnswer | null): Verdict | null => answer && (answer.ok ? 'accepted' : 'rejected');

/** `undefined` where the server let the person in, `null` where no answer came. */
function recordedReason({ verdict }: RecordedCase): string | null | undefined {
  const answer = verdict.connect.ok ? verdict.join : verdict.connect;
  if (!answer || answer.ok) return undefined;
  return answer.condition?.startsWith('no-') ? null : answer.text;
}

/** The same of a preflight: its first error in the stage that refuses. */
function saidReason({ connect, findings }: Preflight): string | null | undefined {
  const stage = connect === 'rejected' ? 'connect' : 'join';
  const first = findings.find((finding) => finding.severity === 'error' && finding.stage === stage);
  return first && (first.serverText ?? null);
}

describe('preflight says what the recorded server said', () => {
  const table: Record<string, Record<'cases' | 'in scope' | 'agree' | 'refused' | 'reason agrees', number>> = {};

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
      table[group] = {
        cases: recorded.length,
        'in scope': inScope.length,
        agree: inScope.length - differ.length,
        refused: refused.length,
        'reason agrees': refused.length - otherReason.length,
      };
      expect(differ.map(({ each, said }) => [each.id, said.connect, said.join])).toEqual([]);
      expect(otherReason.map(({ each, said }) => [each.id, recordedReason(each), saidReason(said)])).toEqual([]);
    });
  }

  it('even where the verdict hangs on the JSON parser', async () => {
    const dependent = cases.filter((each) => each.json_parser_dependent);
    expect(dependent).toHaveLength(6);
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
    const guide = readFileSync('docs/troubleshooting.md', 'utf8').split('\n### ');
    const sections = new Map(guide.map((section) => [section.split('`')[1], section]));
    const said = await Promise.all(cases.filter((each) => !outOfScope(each)).map(replay));
    for (const { code, serverText } of said.flatMap(({ findings }) => findings))
      if (serverText) expect(sections.get(code)).toContain(serverText.replace(/ \(.*/, ''));
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
    };
    console.table({ ...table, total });
  });
});
