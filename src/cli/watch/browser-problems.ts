// What the browser refuses: one row for each kind of issue, with what to change.
import { plainAddress, plainText } from './private-text.js';
import type { BlockedFeature, BrowserIssue, Observations, PageProblem } from './types.js';

/** Of errors in the console, so many are shown. */
const mostErrors = 10;

/** Each once, however often it was told. */
export function browserProblems({ issues, frame, console }: Observations): PageProblem[] {
  const problems = [
    ...issues.flatMap((issue) => kinds[issue.code]?.(issue.details) ?? []),
    ...(frame?.blocked ?? []).map(forbidden),
    ...(frame?.storage === 'refused' ? [noStorage] : []),
  ];
  const errors = [...new Set(console.map(({ where, text }) => `An error in the ${where}’s console: ${text}`))];
  const shown = errors
    .slice(0, mostErrors)
    .map((message) => warning('console-error', message, 'Look for its cause there.'));
  if (errors.length > mostErrors)
    shown.push(
      warning('console-error', `There are ${errors.length - mostErrors} errors more.`, 'Open the page’s console.'),
    );
  return [...new Map([...problems, ...shown].map((problem) => [problem.message, problem])).values()];
}

type Details = BrowserIssue['details'];
const textOf = (details: Details, name: string): string => plainText(String(details[name] ?? ''));
const addressOf = (details: Details, name: string): string => plainAddress(String(details[name] ?? ''));

const kinds: Record<string, (details: Details) => PageProblem[]> = {
  ContentSecurityPolicyIssue(details) {
    const directive = textOf(details, 'violatedDirective');
    const blocked = addressOf(details, 'blockedURL');
    if (directive === 'frame-ancestors') return [framing(`frame-ancestors forbids it to be in a frame`, blocked)];
    const what = blocked || policyKinds[textOf(details, 'contentSecurityPolicyViolationType')] || 'something';
    const name = directive.replace(/-(elem|attr)$/, '');
    const origin = blocked && new URL(blocked).origin !== 'null' ? new URL(blocked).origin : blocked;
    const fix = origin
      ? `If it belongs to the meeting, add ${origin} to ${name}.`
      : `If it belongs to the meeting, allow it in ${name}.`;
    return [
      details['isReportOnly'] === true
        ? warning('csp-report', `A Content-Security-Policy that only reports (${directive}) would block ${what}.`, fix)
        : warning('csp-blocked', `A Content-Security-Policy (${directive}) blocks ${what}.`, fix),
    ];
  },
  FramingIssue(details) {
    const [, address = '', header = 'X-Frame-Options'] =
      /^Refused to display '([^']*)' in a frame because it set ('X-Frame-Options' to '[^']*')/.exec(
        textOf(details, 'text'),
      ) ?? [];
    return [framing(header.replaceAll("'", '').replace(' to ', ': '), address)];
  },
  MixedContentIssue(details) {
    const address = addressOf(details, 'insecureURL');
    const isBlocked = details['resolutionStatus'] === 'MixedContentBlocked';
    const message = isBlocked
      ? `The browser blocks ${address}: the page is https, and this isn’t.`
      : `The browser asks for ${address} by https instead.`;
    return [warning('mixed-content', message, 'Write https: in its address.')];
  },
  CorsIssue(details) {
    const { corsError = 'refused' } = (details['corsErrorStatus'] ?? {}) as { corsError?: string };
    const { url = '' } = (details['request'] ?? {}) as { url?: string };
    return [
      warning(
        'cors-refused',
        `The page may not read the answer of ${plainAddress(url)} (${plainText(corsError)}).`,
        'Its server has to allow this page’s origin: allowedOrigins of createTokenHandler, if it is the token endpoint.',
      ),
    ];
  },
  BlockedByResponseIssue(details) {
    const { url = '' } = (details['request'] ?? {}) as { url?: string };
    return [
      warning(
        'response-blocked',
        `The browser blocks ${plainAddress(url)} (${textOf(details, 'reason')}).`,
        'Send the page without Cross-Origin-Embedder-Policy: Jitsi’s frame and script don’t allow to be isolated.',
      ),
    ];
  },
  CookieRefused(details) {
    const reasons = (details['reasons'] as string[]).join(', ');
    return [
      warning(
        'cookie-refused',
        `The browser leaves out the cookie ${textOf(details, 'name')} of ${textOf(details, 'domain')} (${plainText(reasons)}).`,
        'On another site it needs SameSite=None and Secure, and many browsers refuse it even so: serve the token endpoint from the page’s own site.',
      ),
    ];
  },
};

const policyKinds: Record<string, string> = {
  kInlineViolation: 'an inline script or style',
  kEvalViolation: 'code made from text (eval)',
  kWasmEvalViolation: 'WebAssembly',
  kTrustedTypesSinkViolation: 'text where a trusted type is needed',
  kTrustedTypesPolicyViolation: 'a policy of trusted types',
};

const framing = (why: string, address: string): PageProblem => ({
  code: 'framing-forbidden',
  severity: 'error',
  message: `The browser shows no frame of ${address}: ${why}.`,
  fix: 'Name this page’s origin in frame-ancestors of the Jitsi server, or take the header away in its web server.',
});

const noStorage = warning(
  'storage-refused',
  'The frame may not keep anything: Jitsi asks for name and devices each time, and some of it may fail.',
  'Give the frame allow-same-origin where it has a sandbox, and allow storage of other sites in the browser’s settings.',
);

function forbidden({ feature, by, of }: BlockedFeature): PageProblem {
  const fixes = {
    header: `Take ${feature} out of the header Permissions-Policy, or write ${feature}=(self "https://YOUR-JITSI").`,
    attribute: `Name ${feature} in the attribute allow of the frame that the page is in.`,
  };
  return {
    code: 'permission-blocked',
    severity: feature === 'camera' || feature === 'microphone' ? 'error' : 'warning',
    message: `The frame may not use ${feature}: ${by === 'header' ? `the header Permissions-Policy of the ${of === 'frame' ? 'Jitsi server' : 'page'} forbids it` : 'the frame around it doesn’t pass it on'}.`,
    fix: of === 'frame' ? `Take ${feature} out of Permissions-Policy in the Jitsi server’s web server.` : fixes[by],
  };
}

function warning(code: PageProblem['code'], message: string, fix: string): PageProblem {
  return { code, severity: 'warning', message, fix };
}
