import { type DecodedToken, decodeToken, type ReadableToken } from '../claims/index.js';
import { unservedName } from '../room/index.js';
import { algAdvice, keyAdvice, tokenAdvice } from './advice.js';
import { clientFindings } from './client.js';
import { adviceFixes } from './codes/advice.js';
import { connectFixes } from './codes/connect.js';
import { logIn } from './connect.js';
import { type Entry, enterDoor } from './door.js';
import { explain, isProviderToken } from './explain.js';
import { findingsOf, isUndecided, show } from './finding.js';
import { enterRoom } from './join.js';
import { checkNames, checkToken } from './known-names.js';
import { resolveSettings } from './settings.js';
import { sizeFindings } from './size.js';
import type { Deployment, Finding, Preflight, PreflightRequest, Verdict } from './types.js';

const finding = findingsOf(connectFixes);

/** Of a longer token only its length is told: no server gets to read it. */
const READ_AT_MOST = 65_536;

/**
 * What a deployment would say to this token for this room, and why. `null`: no token is sent; `''` is a bad one.
 *
 * The rules are those of Jitsi's Prosody plugins of July 2026 (or of March 2026: `deployment.release`). The room is
 * taken to be there already, as it is once somebody with the right to open it came. A connection that is resumed after
 * it was lost (XEP-0198) is judged as a new one on connecting, and not again for the room. Throws `config-invalid` for
 * names that nobody reads.
 */
export async function preflight(
  token: string | null,
  deployment: Deployment,
  request: PreflightRequest,
): Promise<Preflight> {
  checkNames(deployment, request);
  checkToken(token);
  const now = request.now ?? new Date();
  const settings = resolveSettings(deployment, request);
  const tooLong = sizeFindings(token?.length ?? 0, request, deployment.proxy);
  if (token !== null && token.length > READ_AT_MOST) return { connect: 'rejected', join: null, findings: tooLong };
  const asGuest = settings.guest || token === null;
  const login = asGuest
    ? guestLogin(token, settings.guest || settings.allowEmptyToken)
    : await logIn(token, settings, now);
  const decoded = decodeToken(token ?? '');
  const entering = enterRoom(login.claims, settings, request, !asGuest);
  const said = unique([
    ...tooLong,
    ...login.findings,
    ...entering,
    ...addressFindings(request, entering),
    ...(token === null ? [] : advice(decoded, now)),
    ...keyAdvice(deployment),
  ]);
  // Only people who are let in that far get to the lobby.
  const stopped = said.some(({ severity, stage }) => severity === 'error' && stage !== null);
  const { finding: held, ...entry }: Entry = stopped ? {} : enterDoor(login.claims, settings, request, !asGuest);
  const findings = [
    ...(held ? [held] : []),
    ...(asGuest || decoded.malformed !== undefined ? said : explained(said, decoded, settings.issuers)),
  ];
  const connect = verdict(findings, 'connect');
  return { connect, join: connect === 'rejected' ? null : verdict(findings, 'join'), ...entry, findings };
}

/** What keeps the browser from the app, whatever Prosody would say to the token. Of one name one fault is enough. */
function addressFindings(request: PreflightRequest, known: Finding[]): Finding[] {
  const { of } = unservedName(request) ?? {};
  if (!of || known.some(({ code }) => code === `${of}-address-unusable`)) return [];
  return [findingsOf(adviceFixes)(`${of}-not-served`, 'warning', null, { found: show(request[of]) })];
}

function guestLogin(token: string | null, welcome: boolean) {
  const findings: Finding[] = [];
  if (!welcome) findings.push(finding('token-required', 'error', 'connect', { serverText: 'token required' }));
  if (token !== null) findings.push(finding('guest-token-ignored', 'warning', 'connect'));
  return { claims: undefined, findings };
}

function advice(decoded: DecodedToken, now: Date): Finding[] {
  if (decoded.malformed !== undefined) return algAdvice(decoded.header);
  return [...clientFindings(decoded), ...tokenAdvice(decoded, now)];
}

function verdict(findings: Finding[], stage: Finding['stage']): Verdict {
  const said = findings.filter((each) => each.stage === stage);
  if (said.some(({ severity }) => severity === 'error')) return 'rejected';
  return said.some(isUndecided) ? 'unknown' : 'accepted';
}

/** For those who sign themselves. A provider's token has the person's id in `sub`, and the name at the top. */
const isForSigners = ({ stage, code }: Finding): boolean =>
  stage === null && (code === 'sub-other' || code === 'context-missing');

function explained(said: Finding[], token: ReadableToken, issuers: readonly string[] = []): Finding[] {
  const isKnown = issuers.some((issuer) => issuer === token.claims.iss);
  const kept = isKnown && isProviderToken(token.claims) ? said.filter((each) => !isForSigners(each)) : said;
  return explain(kept, token, isKnown);
}

/** The server stumbles over some things twice; saying them once is enough. */
function unique(findings: Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, claim }) => {
    const key = `${code} ${claim}`;
    return !seen.has(key) && seen.add(key);
  });
}
