import { isUndecided } from '../preflight/finding.js';
import type { Finding, Preflight } from '../preflight/types.js';
import { serverTexts } from '../server-texts.js';

type Code = Finding['code'];

/** Findings for which servers send a text. */
const spokenOf: ReadonlySet<Code | undefined> = new Set(
  serverTexts.map((text) => ('finding' in text ? text.finding : undefined)),
);

/** Findings for which servers send a text since May or June 2026; older ones don't answer at all. */
const silentBefore: readonly Code[] = ['room-missing', 'sub-missing', 'room-pattern-malformed'];

/** Findings that may make the server's plugins fail, so that they don't answer. */
export const silentFindings = (preflight: Preflight | undefined): Finding[] =>
  seriousFindings(preflight).filter(
    ({ code, serverText }) => serverText === undefined && (silentBefore.includes(code) || !spokenOf.has(code)),
  );

/** What is told against a token. */
export const seriousFindings = (preflight: Preflight | undefined): Finding[] =>
  (preflight?.findings ?? []).filter(
    (finding) => finding.severity !== 'advice' && finding.stage !== null && !isUndecided(finding),
  );
