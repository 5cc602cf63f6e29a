import type { DecodedToken } from '../claims/index.js';
import { JitsiMeetingError } from '../errors.js';
import { anyServerFixes } from '../preflight/codes/any-server.js';
import { show } from '../preflight/finding.js';
import { isRoomPattern } from '../preflight/findings-without-settings.js';
import { serverTexts } from '../server-texts.js';
import { detailOf } from './check-token.js';
import type { Finding, Preflight } from '../preflight/types.js';
import { seriousFindings, silentFindings } from './silence.js';

type Code = Finding['code'];

/**
 * The error of a refusal by Jitsi, with the findings that fit the server's text.
 * @param text the server's text; `null` when it gave none
 */
export function explainRefusal(
  error: JitsiMeetingError,
  stage: 'connect' | 'join',
  preflight: Preflight | undefined,
  token: DecodedToken | undefined,
  text: string | null = error.message,
): JitsiMeetingError {
  const serious = seriousFindings(preflight);
  const known = serious.filter((finding) => finding.stage === stage);
  // A plugin that fails on a claim gives no text, and its release decides which of the two stages it fails in.
  const silent = text === null ? (known.length > 0 ? known : serious) : [];
  const said = known.filter(({ serverText }) => serverText !== undefined && error.message.includes(serverText));
  const read = readText(error, stage, token);
  // Preflight's finding is preferred: it may hold more, such as what was expected.
  const fitting =
    silent.length > 0
      ? silent
      : said.length > 0
        ? said
        : read
          ? [known.find(({ code }) => code === read.code) ?? read]
          : [];
  const [first] = fitting;
  if (!first) return error;
  const findings = fitting.map((finding) => ({ ...finding, severity: 'error' as const }));
  return withFindings(error, findings, token && detailOf(first));
}

/**
 * The error of a server that didn't answer, with findings that may make its plugins fail, since they are then silent.
 */
export function explainSilence(error: JitsiMeetingError, preflight: Preflight | undefined): JitsiMeetingError {
  const silent = silentFindings(preflight);
  return silent.length > 0 ? withFindings(error, silent) : error;
}

function readText({ message, hint }: JitsiMeetingError, stage: 'connect' | 'join', token?: DecodedToken) {
  const match = serverTexts.find(({ pattern }) => pattern.test(message));
  if (!match || !('finding' in match)) return undefined;
  const { finding: plain } = match;
  const claim = 'claim' in match ? match.claim : undefined;
  const pattern = 'ofPattern' in match ? match.ofPattern : undefined;
  const isPattern = pattern !== undefined && isRoomPattern(token?.claims ?? {});
  const code = isPattern ? pattern.finding : plain;
  const about = isPattern ? 'room' : claim;
  const fix = (anyServerFixes as Partial<Record<Code, string>>)[code] ?? hint;
  const found = token && about && valueOf(token, about);
  return { code, severity: 'error', stage, ...(about && { claim: about }), ...(found && { found }), fix } as const;
}

function valueOf({ header, claims }: DecodedToken, path: string): string | undefined {
  const [first, second] = path.split('.');
  if (first === 'payload' || path === 'header') return undefined;
  return show(first === 'header' ? header?.[second!] : claims?.[first!]);
}

function withFindings(error: JitsiMeetingError, findings: readonly Finding[], detail = error.detail) {
  const { code, message, hint, retryable, cause } = error;
  return new JitsiMeetingError(code, message, { detail, hint: findings[0]?.fix ?? hint, retryable, findings, cause });
}
