import { JitsiMeetingError } from '../errors.js';

/** The error of a meeting that the page itself forbids. Trying again is of no use: the page has to change. */
export function pagePolicy(message: string, hint: string): JitsiMeetingError {
  return new JitsiMeetingError('page-policy', message, { hint });
}

const embedderPolicyFix = (domain: string): string =>
  `The page's Cross-Origin-Embedder-Policy keeps out what ${domain} sends without Cross-Origin-Resource-Policy (a script) or Cross-Origin-Embedder-Policy (a page in a frame). Serve the page with the meeting without that header.`;

/**
 * Why a cross-origin isolated page blocks a frame or a script, where the browser does not report it; `undefined` on all
 * other pages. A page that has `Cross-Origin-Embedder-Policy` without `Cross-Origin-Opener-Policy` can't know by itself that
 * it blocks them.
 */
export function embedderPolicyHint(domain: string): string | undefined {
  if (globalThis.crossOriginIsolated !== true) return undefined;
  return `This page is cross-origin isolated. ${embedderPolicyFix(domain)}`;
}

/** Without these, Jitsi's app can't run or store anything. */
const neededInSandbox = ['allow-scripts', 'allow-same-origin'];

/** @throws JitsiMeetingError page-policy, when the frame's `sandbox`, or that of the page, keeps the app from running */
export function checkSandbox(sandbox: string | undefined): void {
  checkSandboxOfPage();
  if (sandbox === undefined || sandbox === null) return;
  const given = sandbox.toLowerCase().split(/\s+/);
  const missing = neededInSandbox.filter((word) => !given.includes(word));
  if (missing.length === 0) return;
  throw pagePolicy(
    `The attribute sandbox is ${JSON.stringify(sandbox.slice(0, 200))}, without ${missing.join(' and ')}.`,
    `Jitsi's app cannot run in such a frame. Leave the attribute out, or add ${missing.join(' ')} to it; allow-forms, allow-popups and allow-downloads are of use as well.`,
  );
}

/** Frames inherit the sandbox of the page they are in. One without `allow-same-origin` leaves a page no origin. */
function checkSandboxOfPage(): void {
  const { origin, location } = globalThis;
  if (origin !== 'null' || !/^(https?|about):$/.test(location?.protocol)) return;
  throw pagePolicy(
    'This page runs in a sandbox without allow-same-origin, and so does every frame in it.',
    'Jitsi\'s app cannot run there. If the page is in an iframe with the attribute sandbox, add allow-same-origin to that; if it has a Content-Security-Policy with the directive sandbox, add it there: sandbox="allow-scripts allow-same-origin".',
  );
}

/** A violation of the page's Content-Security-Policy, as a `SecurityPolicyViolationEvent` tells it. */
export interface Violation {
  readonly effectiveDirective: string;
  readonly blockedURI: string;
  readonly disposition: string;
  readonly originalPolicy?: string;
}

/** What a `ReportingObserver` tells; Chromium alone reports more than the Content-Security-Policy. */
export interface PolicyReport {
  readonly type: string;
  readonly body: {
    readonly blockedURL?: string;
    readonly destination?: string;
    readonly disposition?: string;
    readonly reportOnly?: boolean;
    readonly effectiveDirective?: string;
    readonly originalPolicy?: string;
  } | null;
}

/** What a meeting loads, by the directives that allow it. */
export interface Loads {
  script: string;
  frame: string;
  token: string | undefined;
  /** The base of relative addresses. */
  base: string | undefined;
  /** The addresses of all frames of the page; only while the frame of the meeting is loading. */
  frames?: readonly string[] | undefined;
}

type Load = Exclude<keyof Loads, 'base' | 'frames'>;

const names: Readonly<Record<Load, string>> = {
  script: "Jitsi's script",
  frame: 'the frame of the meeting',
  token: 'the token endpoint',
};

/** Which load a directive is about, and which directives count for that, the first one that a policy has. */
const directives: Readonly<Record<string, [load: Load, inForce: readonly string[]]>> = {
  'script-src': ['script', ['script-src', 'default-src']],
  'script-src-elem': ['script', ['script-src-elem', 'script-src', 'default-src']],
  'frame-src': ['frame', ['frame-src', 'child-src', 'default-src']],
  'child-src': ['frame', ['frame-src', 'child-src', 'default-src']],
  'connect-src': ['token', ['connect-src', 'default-src']],
};

/** The error for a violation that keeps the meeting from starting; `undefined` for all others. */
export function explainViolation(violation: Violation, loads: Loads): JitsiMeetingError | undefined {
  const { effectiveDirective: directive, blockedURI, disposition, originalPolicy = '' } = violation;
  const [load, inForce] = directives[directive] ?? [];
  if (!load || !inForce || disposition === 'report') return undefined;
  const source = sourceOf(loads[load], loads.base);
  const blocked = sourceOf(blockedURI);
  if (source === undefined || blocked === undefined) return undefined;
  if (load === 'token' && isAnotherPath(blockedURI, new URL(loads.token!, loads.base))) return undefined;
  const redirectsTo = load === 'frame' && blocked !== source;
  if (redirectsTo ? !isOfNoOtherFrame(blocked, loads) : blocked !== source) return undefined;
  const redirects =
    load === 'frame' ? '' : ` If ${source} is allowed, it redirects to another host: allow that one, too.`;
  const from = redirectsTo ? `, to which ${source} redirects` : '';
  return pagePolicy(
    `This page's Content-Security-Policy forbids ${names[load]}: ${directive} does not allow ${blocked}${from}.`,
    `The page's Content-Security-Policy needs ${lineFor(inForce, originalPolicy, blocked)}.${redirects}`,
  );
}

/** A frame that redirects is reported under the host that it is sent to. So is a frame of something else on the page. */
const isOfNoOtherFrame = (blocked: string, { frames }: Loads): boolean =>
  frames?.every((address) => sourceOf(address) !== blocked) ?? false;

/** A policy may allow the one path and forbid the other. Of a redirect browsers may tell the origin alone. */
function isAnotherPath(blockedURI: string, { pathname: path }: URL): boolean {
  const { pathname: blocked } = new URL(blockedURI);
  return blocked !== '/' && blocked !== path;
}

/** A request that the page's policy blocked. */
export interface BlockedRequest {
  readonly origin: string;
  /** The directive that would allow it. */
  readonly line: string;
}

/** The request of a violation; `undefined` when it is of something else. */
export function blockedRequest(violation: Violation): BlockedRequest | undefined {
  const { effectiveDirective, blockedURI, disposition, originalPolicy = '' } = violation;
  const origin = sourceOf(blockedURI);
  if (effectiveDirective !== 'connect-src' || disposition === 'report' || origin === undefined) return undefined;
  return { origin, line: lineFor(directives['connect-src']![1], originalPolicy, origin) };
}

/** The directive as it has to be: as it stands in the policy, with one source more. */
function lineFor(inForce: readonly string[], policy: string, source: string): string {
  const rules = new Map(
    policy.split(';').map((rule): [string, string[]] => {
      const [name = '', ...sources] = rule.trim().split(/\s+/);
      return [name.toLowerCase(), sources];
    }),
  );
  const name = inForce.find((one) => rules.has(one)) ?? 'default-src';
  const own = inForce.find((one) => !one.endsWith('-elem'))!;
  const sources = (rules.get(name) ?? ['…'])
    .filter((one) => one.toLowerCase() !== "'none'")
    .map((one) => (one.startsWith("'nonce-") ? "'nonce-…'" : one));
  return [name === 'default-src' ? own : name, ...sources, source].join(' ');
}

/** The error for a report of what stands in the meeting's way; `undefined` for all others. */
export function explainReport({ type, body }: PolicyReport, loads: Loads): JitsiMeetingError | undefined {
  const load = body?.destination === 'iframe' ? 'frame' : 'script';
  if (!body || body.disposition === 'reporting' || body.reportOnly) return undefined;
  const source = sourceOf(loads[load], loads.base);
  if (source === undefined || sourceOf(body.blockedURL) !== source) return undefined;
  if (type === 'coep')
    return pagePolicy(
      `This page's Cross-Origin-Embedder-Policy forbids ${names[load]}, which comes from ${source}.`,
      embedderPolicyFix(source),
    );
  return pagePolicy(
    `This page's Integrity-Policy forbids ${names[load]} of ${source}, because it has no integrity.`,
    'Set the attribute api-integrity to the hash of external_api.js; the server must send the script with CORS headers.',
  );
}

/** What a policy names something by: its origin, or the scheme of a `blob:`, which is all that a violation tells of it. */
function sourceOf(address: string | undefined, base?: string): string | undefined {
  if (address === 'blob' || address?.startsWith('blob:')) return 'blob:';
  return address !== undefined && URL.canParse(address, base) ? new URL(address, base).origin : undefined;
}
