import { decodeToken, type DecodedToken } from '../claims/index.js';
import { possibleTimes } from './clock.js';
import { releases } from './known-names.js';
import { Plugins } from './plugins.js';
import { preflight } from './preflight.js';
import { algorithms } from './signature.js';
import { findingsWithoutSettings } from './findings-without-settings.js';
import type { Deployment, Finding, Preflight, PreflightRequest, Verdict } from './types.js';

export interface CarefulRequest extends PreflightRequest {
  now: Date;
  /** Whether `now` is the server's time, and not only that of a device. */
  trustClock: boolean;
}

/**
 * `preflight` for a page that says some of its server's settings. What it leaves out may be set either way, and the
 * clock of a device may be wrong: only what the server refuses in every case is an error; what it refuses in some is a
 * warning, and the verdict `unknown`.
 */
export async function preflightWithUnknowns(
  token: string | null,
  deployment: Deployment,
  { trustClock, ...request }: CarefulRequest,
): Promise<Preflight> {
  const decoded = decodeToken(token ?? '');
  const times = trustClock ? [request.now] : possibleTimes(decoded, request.now);
  const deployments = possibleDeployments(deployment, token === null ? null : decoded);
  const requests = possibleRequests(deployment, request).flatMap((one) => times.map((now) => ({ ...one, now })));
  const cases = requests.flatMap((one) => deployments.map((possible) => preflight(token, possible, one)));
  const [first, ...others] = (await Promise.all(cases)).map(withLobbyOpen);
  const result = merge(first!, others);
  const domainOpen = deployment.xmppDomain === undefined && deployment.domainVerification !== false;
  if (token !== null && domainOpen) result.findings.push(...doubtfulSub(decoded, request, result.findings));
  return result;
}

/** A lobby or a password is never a final refusal: the app asks for what is missing. */
function withLobbyOpen(result: Preflight): Preflight {
  const { join, lobby, findings } = result;
  if (join !== 'rejected' || lobby === undefined || lobby === 'none') return result;
  const told = findings.map((each) => (each.stage === 'join' && isError(each) ? asAdvice(each) : each));
  return { ...result, join: 'unknown', findings: told };
}

/** With every value of what is left out and matters; Prosody's defaults come first. */
function possibleDeployments(given: Deployment, decoded: DecodedToken | null): Deployment[] {
  const alg = decoded?.header?.alg;
  const plugins = Array.isArray(given.plugins) ? given.plugins : undefined;
  const releasesDiffer = decoded?.claims?.sub === undefined || plugins?.some((name) => name.includes('identity'));
  const open: Deployment[][] = decoded
    ? [
        [{ domainVerification: true }, { domainVerification: false }],
        [{ requireRoomClaim: true }, { requireRoomClaim: false }],
        releasesDiffer ? releases.map((release) => ({ release })) : [{}],
        given.keys && typeof alg === 'string' && algorithms.includes(alg) ? [{}, { algorithm: alg }] : [{}],
      ]
    : [[{ allowEmptyToken: false }, { allowEmptyToken: true }]];
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Deployment;
  return open.reduce((all, values) => all.flatMap((one) => values.map((value) => ({ ...value, ...one }))), [said]);
}

/** Some plugins depend on the people who are in the room already, which isn't known here. */
function possibleRequests(given: Deployment, request: PreflightRequest): PreflightRequest[] {
  const plugins = new Plugins(given.plugins);
  const asked = plugins.has('token_owner_party') || plugins.has('muc_wait_for_host');
  return asked && request.occupants === undefined ? [request, { ...request, occupants: 2 }] : [request];
}

/** The first case; its errors that aren't shared by all, and those of the others, are warnings. */
function merge(first: Preflight, others: Preflight[]): Preflight {
  const errors = [first, ...others].map(({ findings }) => findings.filter(isError));
  const [ofFirst, ...ofOthers] = [errors[0]!, ...errors.slice(1)];
  const shared = ofFirst.filter((error) => ofOthers.every((other) => other.some(sameAs(error))));
  // Refused in every case, in each for another reason: then what the first says stands.
  const sure = shared.length === 0 && errors.every(({ length }) => length > 0) ? ofFirst : shared;
  const findings = first.findings.map((each) => (isError(each) && !sure.includes(each) ? asWarning(each) : each));
  for (const error of ofOthers.flat()) if (!findings.some(sameAs(error))) findings.push(asWarning(error));
  const agreed = (stage: 'connect' | 'join'): Verdict | null =>
    others.every((other) => other[stage] === first[stage]) ? first[stage] : 'unknown';
  const all = [first, ...others];
  const inEveryCase = <Name extends 'role' | 'lobby'>(name: Name): Pick<Preflight, Name> | object =>
    first[name] !== undefined && all.every((each) => each[name] === first[name]) ? { [name]: first[name] } : {};
  return {
    connect: agreed('connect') ?? 'unknown',
    join: agreed('join'),
    ...inEveryCase('role'),
    ...inEveryCase('lobby'),
    findings,
  };
}

/** The XMPP domain that the server compares `sub` with isn't known here, but a user's id is never one. */
function doubtfulSub(decoded: DecodedToken, request: Omit<CarefulRequest, 'trustClock'>, known: Finding[]): Finding[] {
  return findingsWithoutSettings(decoded, request).filter(
    (doubt) => doubt.code === 'sub-other' && !known.some(({ code }) => code === doubt.code),
  );
}

const isError = ({ severity }: Finding): boolean => severity === 'error';
const asAdvice = (finding: Finding): Finding => ({ ...finding, severity: 'advice' });
const asWarning = (finding: Finding): Finding => ({ ...finding, severity: 'warning' });
const sameAs =
  ({ code, claim }: Finding) =>
  (other: Finding): boolean =>
    other.code === code && other.claim === claim;
