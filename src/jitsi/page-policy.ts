import { JitsiMeetingError } from '../errors.js';

/** The error of a meeting that the page itself forbids. Trying again is of no use: the page has to change. */
export function pagePolicy(message: string, hint: string): JitsiMeetingError {
  return new JitsiMeetingError('page-policy', message, { hint });
}

/**
 * Why a cross-origin isolated page blocks a frame or a script, which no event reports; `undefined` on all other pages.
 * A page that has `Cross-Origin-Embedder-Policy` without `Cross-Origin-Opener-Policy` can't know that it blocks them.
 */
export function embedderPolicyHint(domain: string): string | undefined {
  if (globalThis.crossOriginIsolated !== true) return undefined;
  return `This page is cross-origin isolated: its Cross-Origin-Embedder-Policy keeps out what ${domain} sends without Cross-Origin-Resource-Policy (a script) or Cross-Origin-Embedder-Policy (a page in a frame). Serve the page with the meeting without that header.`;
}

/** Without these, Jitsi's app can't run or store anything. */
const neededInSandbox = ['allow-scripts', 'allow-same-origin'];

/** @throws JitsiMeetingError page-policy, when the frame's `sandbox` keeps the app from running */
export function checkSandbox(sandbox: string | undefined): void {
  if (sandbox === undefined || sandbox === null) return;
  const given = sandbox.toLowerCase().split(/\s+/);
  const missing = neededInSandbox.filter((word) => !given.includes(word));
  if (missing.length === 0) return;
  throw pagePolicy(
    `The attribute sandbox is ${JSON.stringify(sandbox.slice(0, 200))}, without ${missing.join(' and ')}.`,
    `Jitsi's app cannot run in such a frame. Leave the attribute out, or add ${missing.join(' ')} to it; allow-forms, allow-popups and allow-downloads are of use as well.`,
  );
}

/** A violation of the page's Content-Security-Policy, as a `SecurityPolicyViolationEvent` tells it. */
export interface Violation {
  readonly effectiveDirective: string;
  readonly blockedURI: string;
  readonly disposition: string;
}

/** What a meeting loads, by the directives that allow it. */
export interface Loads {
  script: string;
  frame: string;
  token: string | undefined;
  /** The base of relative addresses. */
  base: string | undefined;
}

const directives: Readonly<Record<string, [load: 'script' | 'frame' | 'token', what: string]>> = {
  'script-src': ['script', "Jitsi's script"],
  'script-src-elem': ['script', "Jitsi's script"],
  'frame-src': ['frame', 'the frame of the meeting'],
  'child-src': ['frame', 'the frame of the meeting'],
  'connect-src': ['token', 'the token endpoint'],
};

/** The error for a violation that keeps the meeting from starting; `undefined` for all others. */
export function explainViolation(violation: Violation, loads: Loads): JitsiMeetingError | undefined {
  const { effectiveDirective: directive, blockedURI, disposition } = violation;
  const [load, what] = directives[directive] ?? [];
  if (!load || disposition === 'report') return undefined;
  const origin = originOf(loads[load], loads.base);
  if (origin === undefined || originOf(blockedURI) !== origin) return undefined;
  return pagePolicy(
    `This page's Content-Security-Policy forbids ${what}: ${directive} does not allow ${origin}.`,
    `Add ${origin} to the directive ${directive.replace(/-elem$/, '')} of the page's Content-Security-Policy.`,
  );
}

const originOf = (address: string | undefined, base?: string): string | undefined =>
  address !== undefined && URL.canParse(address, base) ? new URL(address, base).origin : undefined;
