import { decodeToken, type DecodedToken } from '../claims/index.js';
import { possibleTimes } from './clock.js';
import { preflight } from './preflight.js';
import { algorithms } from './signature.js';
import { sureFindings } from './sure.js';
import type { Deployment, Finding, Preflight, PreflightRequest, Verdict } from './types.js';

export interface CarefulRequest extends PreflightRequest {
  now: Date;
  /** Whether `now` is the server's time, and not only that of a device. */
  trustClock: boolean;
}

/**
 * `preflight` for a page that says some of its server's settings. What it leaves out may be set either way, and the clock
 * of a device may be wrong: only what the server refuses in every case is an error; what it refuses in some is a warning,
 * and the verdict `unknown`.
 */
export async function carefulPreflight(
  token: string | null,
  deployment: Deployment,
  request: CarefulRequest,
): Promise<Preflight> {
  const decoded = decodeToken(token ?? '');
  const times = request.trustClock ? [request.now] : possibleTimes(decoded, request.now);
  const deployments = possibleDeployments(deployment, token === null ? null : decoded);
  const [first, ...others] = await Promise.all(
    times.flatMap((now) => deployments.map((possible) => preflight(token, possible, { ...request, now }))),
  );
  const result = merge(first!, others);
  const domainOpen = deployment.xmppDomain === undefined && deployment.domainVerification !== false;
  if (token !== null && domainOpen) result.findings.push(...doubtfulSub(decoded, request, result.findings));
  return result;
}

/** With every value of what is left out and matters; Prosody's defaults come first. */
function possibleDeployments(given: Deployment, decoded: DecodedToken | null): Deployment[] {
  const alg = decoded?.header?.alg;
  const open: Deployment[][] = decoded
    ? [
        [{ domainVerification: true }, { domainVerification: false }],
        [{ requireRoomClaim: true }, { requireRoomClaim: false }],
        given.keys && typeof alg === 'string' && algorithms.includes(alg) ? [{}, { algorithm: alg }] : [{}],
      ]
    : [[{ allowEmptyToken: false }, { allowEmptyToken: true }]];
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Deployment;
  return open.reduce((all, values) => all.flatMap((one) => values.map((value) => ({ ...value, ...one }))), [said]);
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
  return { connect: agreed('connect') ?? 'unknown', join: agreed('join'), findings };
}

/** Which XMPP domain the server compares `sub` with isn't known here, but a user's id is none. */
function doubtfulSub(decoded: DecodedToken, request: CarefulRequest, known: Finding[]): Finding[] {
  return sureFindings(decoded, request).filter(
    (doubt) => doubt.code === 'sub-other' && !known.some(({ code }) => code === doubt.code),
  );
}

const isError = ({ severity }: Finding): boolean => severity === 'error';
const asWarning = (finding: Finding): Finding => ({ ...finding, severity: 'warning' });
const sameAs =
  ({ code, claim }: Finding) =>
  (other: Finding): boolean =>
    other.code === code && other.claim === claim;
