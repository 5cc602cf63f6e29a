import type { ErrorCode, ErrorDetail, WarningCode } from './errors.js';

/** What a developer should know of a code. docs/reference/errors.md is made from it (`npm run docs:generate`). */
export interface CodeExplanation {
  meaning: string;
  /** What the element does by itself, besides showing the sentence of `src/locale`. */
  element: string;
  /** What the developer or the operator should do. */
  fix: string;
}

export interface ErrorExplanation extends CodeExplanation {
  /** `JitsiMeetingError.retryable`; `sometimes`: it depends on the cause, which `element` names. */
  retryable: 'yes' | 'no' | 'sometimes';
}

/** Where the element stops: nothing that it could do by itself would change the outcome. */
const stops = 'Stops. It offers no new try.';
const offersRetry = 'Stops and offers “Try again”.';

export const errorExplanations: Record<ErrorCode, ErrorExplanation> = {
  'config-invalid': {
    meaning:
      'An attribute, a property or an option has a value that can never work. The functions of the server half throw it as well, at the start.',
    retryable: 'no',
    element: `${stops} It joins anew when the page corrects \`domain\`, \`room\` or \`tenant\`.`,
    fix: 'Read `message`: it names the option, what was given and what is expected.',
  },
  'insecure-context': {
    meaning: 'The page was not loaded by https, so browsers give it neither camera nor microphone.',
    retryable: 'no',
    element: stops,
    fix: 'Serve the page by https. `http://localhost` is allowed for development.',
  },
  'page-policy': {
    meaning:
      'The page itself forbids the meeting: by a header (Content-Security-Policy, Trusted Types, Cross-Origin-Embedder-Policy, Integrity-Policy), or by the attribute `sandbox`, its own or that of an iframe around the page.',
    retryable: 'no',
    element: stops,
    fix: 'Change the header or attribute that `message` names. The guide to page policies has the complete list.',
  },
  'token-network': {
    meaning: 'The token endpoint could not be reached, or the `tokenProvider` of the page threw an error of its own.',
    retryable: 'yes',
    element:
      'Asks an endpoint three times in all, with growing waits, and then offers “Try again”. It calls a `tokenProvider` once. While the device is offline it waits for the network.',
    fix: 'Check the address in `token-url`, that the server runs, and its CORS headers. With a `tokenProvider`, look at `cause`.',
  },
  'token-timeout': {
    meaning:
      'The token endpoint gave no complete answer within 10 seconds, or the `tokenProvider` none within 30 seconds.',
    retryable: 'yes',
    element: 'Asks an endpoint three times in all, and then offers “Try again”. It calls a `tokenProvider` once.',
    fix: 'Find out what keeps the endpoint busy. To sign a token takes milliseconds.',
  },
  'token-auth-required': {
    meaning:
      'The person has to sign in: the token endpoint answered 401, or the meeting server admits nobody without a token.',
    retryable: 'no',
    element:
      'Offers the link “Sign in” where the answer has `signInUrl` or the page has set `sign-in-url`. After a 401 it offers “Try again” as well.',
    fix: 'Set `signInUrl` in the answer, or `sign-in-url` on the element. If the meeting server refused a guest, give the element a token source: `tokenProvider`, `token-url` or `token`.',
  },
  'token-forbidden': {
    meaning: 'The token endpoint answered 403: this person may not enter this room.',
    retryable: 'no',
    element: stops,
    fix: 'If the person should be admitted, correct the rules of the token endpoint (`authorize`).',
  },
  'token-rate-limited': {
    meaning: 'The token endpoint answered 429: it got too many requests.',
    retryable: 'yes',
    element:
      'Waits as long as `Retry-After` asks, up to one minute, and asks three times in all. Then it offers “Try again”.',
    fix: 'Find out what sends so many requests, or raise the limit of the endpoint.',
  },
  'token-server': {
    meaning: 'The token endpoint answered with a status of 500 or above.',
    retryable: 'yes',
    element: 'Asks three times in all, with growing waits, and then offers “Try again”.',
    fix: "Read the token endpoint's own log.",
  },
  'token-endpoint-invalid': {
    meaning: 'The token endpoint answered with another status of 400 to 499: it does not understand the request.',
    retryable: 'sometimes',
    element: `${stops} Only a 408 (request timeout) is tried again.`,
    fix: 'Check `token-url`, and that the endpoint takes the method and a JSON body with `domain`, `room` and `tenant`.',
  },
  'token-response-invalid': {
    meaning: 'The token endpoint or the `tokenProvider` answered, but the answer holds no token.',
    retryable: 'no',
    element: stops,
    fix: 'Answer `{"token": "..."}` as `application/json`, or the bare token as `application/jwt`. Answer 401 where you would redirect to a sign-in page. Return a string or `{ token, expiresIn }` from a `tokenProvider`.',
  },
  'token-malformed': {
    meaning: 'What came as a token is not a JWT: it does not have three parts, or a part cannot be read.',
    retryable: 'no',
    element: stops,
    fix: 'Look at what the token endpoint answers. `findings` name the part that cannot be read.',
  },
  'token-expired': {
    meaning: "The token's `exp` has passed by the server's clock.",
    retryable: 'sometimes',
    element:
      'Offers “Try again”, which fetches a fresh token. With the property `token` alone it cannot fetch one; then `detail` is `only-page`, and it offers no new try.',
    fix: 'Let the element fetch a token for each join, by `token-url` or `tokenProvider`. Check the clocks of the token endpoint and the meeting server.',
  },
  'token-not-yet-valid': {
    meaning: "The token's `nbf` is still in the future by the server's clock.",
    retryable: 'yes',
    element: offersRetry,
    fix: 'Leave out `nbf` or set it back by a minute. Check the clock of the token endpoint.',
  },
  'token-rejected': {
    meaning: 'The meeting server refused the token, or would certainly refuse it. `findings` say why.',
    retryable: 'no',
    element:
      'If a token that was fetched ahead was refused, it tries once more with a fresh one. After that it stops and offers no new try.',
    fix: 'Do what the `fix` of the first finding says. The page on troubleshooting explains every finding.',
  },
  'script-load': {
    meaning: "Jitsi's script `external_api.js` could not be loaded from the meeting server.",
    retryable: 'yes',
    element:
      'Loads it a second time after a moment, and then offers “Try again”. While the device is offline it waits.',
    fix: 'Check `domain`, the server and its certificate. Check the page for a content security policy or an `api-integrity` that blocks the script.',
  },
  'script-timeout': {
    meaning: "Jitsi's script did not load within 20 seconds.",
    retryable: 'yes',
    element: offersRetry,
    fix: 'Open the address of the script in a tab: the server is down, slow, or cannot be reached from here.',
  },
  'script-invalid': {
    meaning: "The script loaded, but it is not Jitsi's `external_api.js`, or it failed to make its frame.",
    retryable: 'sometimes',
    element:
      'Stops. It offers “Try again” where the script brought no API, but not where the script failed to make its frame.',
    fix: 'Check `api-src`, and that `configOverwrite` and the other options hold plain data only. The console shows errors of the script.',
  },
  'iframe-timeout': {
    meaning:
      'The frame loaded nothing, or it loaded a page that is not the app. A method of `element.api` that the app does not answer rejects with this code, too.',
    retryable: 'yes',
    element: 'Stops and offers “Try again” and the link “Open in a new tab”.',
    fix: 'Open the address of the meeting in a tab of its own. Usual causes: the server forbids framing (`frame-ancestors`, `X-Frame-Options`), asks to sign in first, or answers with an error page.',
  },
  'join-timeout': {
    meaning: 'The app is ready, but the meeting server did not answer the request to join.',
    retryable: 'yes',
    element: offersRetry,
    fix: 'Check the token with `preflight` or `npm run -s cli -- check`: servers leave some faulty tokens without an answer. `findings` hold what is suspicious about it.',
  },
  'conference-failed': {
    meaning:
      'The meeting server or the app reported a failure. `detail` says which one, where the visitor can act on it.',
    retryable: 'sometimes',
    element:
      'Offers “Try again” where the failure may pass: not where the server refused the person for good. A meeting that was joined before is rejoined by itself where the app would do so, at most three times in five minutes.',
    fix: 'Read `message`, which has the words of the server, and the logs that `hint` names.',
  },
  aborted: {
    meaning: 'Leaving, removing the element, or a later call overtook this one. It is not a fault.',
    retryable: 'no',
    element: 'Nothing. Only the promise of the call rejects; no event is dispatched.',
    fix: 'Ignore it, or call `join()` again.',
  },
};

export const detailExplanations: Record<ErrorDetail, string> = {
  'room-full': 'The room has as many people as it allows.',
  'turned-away': 'A moderator or a rule of the server turned the person away.',
  'not-begun': 'Nobody who may open the room is there yet.',
  'no-media': 'No connection for sound and video could be made.',
  'other-room': 'The token is for another room.',
  'only-page': 'The token has expired, and only the page can give another one: it came as the property `token`.',
};

export const warningExplanations: Record<WarningCode, CodeExplanation> = {
  'media-blocked': {
    meaning:
      'A camera or microphone cannot be used, or no screen be shared. `device` says which one, and `why` says what stops it.',
    element:
      'Shows a notice over the meeting until the device works or the visitor closes the notice. Of a screen it shows none.',
    fix: "With `why: 'policy'` let the page pass the device on to the frame (`Permissions-Policy`). Everything else the visitor has to change.",
  },
  'token-doubtful': {
    meaning: 'The meeting server may refuse the token; this depends on settings that the element does not know.',
    element: 'Joins all the same.',
    fix: 'Do what `findings` say, or set the property `deployment` so that the element knows the settings.',
  },
  'role-differs': {
    meaning: 'The server gave the person another role than the token asks for.',
    element: 'Shows a notice where the token asks for a moderator and the person did not become one.',
    fix: 'Check the Prosody plugins that give roles; the guide to roles and lobby lists them.',
  },
  'embed-limited': {
    meaning: 'The server is meet.jit.si, which ends embedded meetings after five minutes.',
    element: 'Shows a notice over the meeting.',
    fix: 'Use a deployment of your own, or JaaS (8x8.vc).',
  },
};
