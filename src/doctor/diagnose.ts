// From answers to causes: which setting makes the server answer so, and the line to change.
import type { Answer, Place, Problem, ProblemCode, TrialName, TrialResult } from './types.js';
import { trialWords } from './trials.js';

/** What stopped the trials before the first answer. */
export function problemOfStop(condition: string, place: Place): Problem {
  if (condition === 'not-routed')
    return error(
      'bosh-not-routed',
      `${place.bosh} isn’t answered by the XMPP server.`,
      'Enable Prosody’s module bosh and route /http-bind to port 5280 (nginx: location = /http-bind { proxy_pass http://127.0.0.1:5280/http-bind; }).',
    );
  if (condition === 'down')
    return error(
      'server-down',
      'The web server answers, but Prosody behind it doesn’t.',
      'Start Prosody (systemctl status prosody; docker compose ps) and read its log.',
    );
  return error(
    'xmpp-domain',
    `Prosody serves no host ${place.xmppDomain} (${condition}).`,
    'hosts.domain of config.js must be the name of a VirtualHost in Prosody; XMPP_DOMAIN with docker.',
  );
}

/** The server offers no login that Jitsi's client can use. */
export function problemOfLogin(offered: readonly string[], { xmppDomain }: Place): Problem {
  const list = offered.length > 0 ? offered.join(', ') : 'nothing';
  return error(
    'login-modules-missing',
    `Nobody can connect: VirtualHost "${xmppDomain}" offers ${list} instead of ANONYMOUS, which token login uses.`,
    'Set authentication = "token" there. If it is set, the module didn’t load: look for "module … not found" in Prosody’s log. ' +
      'Debian 12 lacks lua-basexx and others for Lua 5.4 (docs/guides/self-hosted.md).',
  );
}

type Results = Partial<Record<TrialName, TrialResult>>;

const gotIn = (result: TrialResult | undefined): boolean => result?.join?.answer === 'accepted';
const connected = (result: TrialResult | undefined): boolean => result?.connect.answer === 'accepted';
const expectedIn = (result: TrialResult | undefined): boolean => result?.expected.join === 'accepted';
/** Preflight is sure that it doesn't get in. */
const expectedOut = ({ expected }: TrialResult): boolean =>
  expected.connect === 'rejected' || expected.join === 'rejected';

/** @param focus whether Jicofo opened the room; `null` where it wasn't asked */
export function diagnose(trials: readonly TrialResult[], focus: boolean | null, place: Place): Problem[] {
  const results: Results = Object.fromEntries(trials.map((result) => [result.name, result]));
  const host = `VirtualHost "${place.xmppDomain}"`;
  if (connected(results['other-secret']) && connected(results['alg-none']))
    return [
      error(
        'anonymous-login',
        'The server looks at no token: everybody connects, even with a forged one.',
        `Set authentication = "token" in ${host} (it is probably "jitsi-anonymous"); with docker ENABLE_AUTH=1 and AUTH_TYPE=jwt.`,
      ),
    ];
  const problems: Problem[] = [];
  const { valid, none } = results;
  if (none && connected(none) && none.expected.connect === 'rejected')
    problems.push(
      error(
        'empty-token-allowed',
        'People without a token connect.',
        `Set allow_empty_token = false in ${host}; with docker JWT_ALLOW_EMPTY=0.`,
      ),
    );
  if (valid && !connected(valid) && valid.expected.connect !== 'rejected')
    problems.push(refusedAtConnect(valid.connect));
  if (focus === false)
    return [
      ...problems,
      error(
        'jicofo-down',
        'Jicofo doesn’t open the room, so nobody can join, whatever the token.',
        'Start Jicofo (systemctl status jicofo; docker compose logs jicofo) and check that it logs in to Prosody.',
      ),
    ];
  problems.push(...joinProblems(results));
  const codes = new Set(problems.map(({ code }) => code));
  const explained = codes.has('room-check-missing') || codes.has('domain-check-missing');
  for (const result of trials) {
    if (!gotIn(result) || !expectedOut(result) || result.name === 'none') continue;
    if (explained && ['other-room', 'other-tenant', 'user-in-sub'].includes(result.name)) continue;
    problems.push(
      error(
        'let-in',
        `${capital(trialWords[result.name])} gets in.`,
        `Compare the settings that you gave with those of ${host}: they would refuse it.`,
      ),
    );
  }
  return problems;
}

function joinProblems(results: Results): Problem[] {
  const { valid, 'other-room': room, 'other-tenant': tenant, 'user-in-sub': user } = results;
  const problems: Problem[] = [];
  if (room && gotIn(room) && expectedOut(room))
    problems.push(
      error(
        'room-check-missing',
        'A token for one room opens every other room.',
        'Add "token_verification" to modules_enabled of the Component that has the rooms (conference. or muc.), and restart Prosody.',
      ),
    );
  else if ([tenant, user].some((result) => result && gotIn(result) && expectedOut(result)))
    problems.push(
      error(
        'domain-check-missing',
        'The server doesn’t look at the claim sub: a token for one tenant opens the rooms of every other.',
        'Set enable_domain_verification = true in the VirtualHost and in the Component of the rooms; with docker JWT_ENABLE_DOMAIN_VERIFICATION=true. ' +
          'If it is meant to be off, say so: --no-domain-verification.',
      ),
    );
  if (valid && connected(valid) && expectedIn(valid) && !gotIn(valid)) {
    problems.push(
      error(
        'valid-refused',
        `A valid token connects, and is ${told(valid.join)} at the room.`,
        'Check the claims room and sub against the XMPP domain and the tenant: jitsi-meeting-element check says which is wrong.',
      ),
    );
  }
  return problems;
}

const refusals: readonly [text: RegExp, code: ProblemCode, message: string, fix: string][] = [
  [
    /Invalid signature/,
    'other-secret',
    'The server has another secret (or key) than you: it refuses a valid token.',
    'Make app_secret in Prosody and JWT_APP_SECRET of your backend the same, then restart Prosody.',
  ],
  [
    /'?iss'? claim/,
    'valid-refused',
    'The server takes tokens of another issuer than your app id.',
    'Make app_id in Prosody (docker: JWT_APP_ID, JWT_ACCEPTED_ISSUERS) and your app id the same.',
  ],
  [
    /'?aud'? claim/,
    'valid-refused',
    'The server takes tokens for another audience.',
    'Put your audience into asap_accepted_audiences (docker: JWT_ACCEPTED_AUDIENCES).',
  ],
  [
    /Not acceptable by (exp|nbf)/,
    'clock',
    'The server’s clock differs so much that a new token isn’t good there.',
    'Set the clocks of both machines by NTP.',
  ],
  [
    /alg/,
    'valid-refused',
    'The server expects another algorithm.',
    'Make signature_algorithm in Prosody (docker: JWT_SIGN_TYPE) and the algorithm of your signer the same.',
  ],
  [
    /room claim is missing/,
    'valid-refused',
    'The server wants a room in each token, and a sign-in service’s own tokens name none.',
    'Set asap_require_room_claim = false in the VirtualHost (docker: in XMPP_CONFIGURATION); config --auth keycloak writes it.',
  ],
  [
    /sub claim is missing/,
    'valid-refused',
    'The token has no sub, which every server wants since May 2026.',
    'Put the domain or the tenant in sub; a Keycloak client needs the scope “basic”.',
  ],
  [
    /typ/,
    'valid-refused',
    'The token’s header doesn’t say typ "JWT".',
    'Set typ to JWT where tokens are signed; in Keycloak switch off at+jwt as type of access tokens.',
  ],
  [
    /public key/,
    'valid-refused',
    'The server couldn’t get the public key.',
    'Open asap_key_server + SHA-256 of the kid + .pem from the server’s machine; it must answer 200 with a PEM.',
  ],
];

function refusedAtConnect(answer: Answer): Problem {
  const text = answer.answer === 'refused' ? answer.text : '';
  const [, code, message, fix] = refusals.find(([pattern]) => pattern.test(text)) ?? [];
  if (code) return error(code, `${message} It says: “${text}”.`, fix!);
  return error(
    'valid-refused',
    `A valid token is ${told(answer)} when it connects.`,
    'Read Prosody’s log at that moment; a plugin that fails leaves its error there. With cache_keys_url (Keycloak) there is ' +
      'no answer where the token’s kid is not among the keys that it has fetched: restart Prosody.',
  );
}

/** "refused (“Invalid signature”)", "left without an answer". */
function told(answer: Answer | null): string {
  if (answer?.answer === 'refused') return `refused${answer.text && ` (“${answer.text}”)`}`;
  return answer?.answer === 'silence' ? 'left without an answer' : 'let in';
}

const error = (code: ProblemCode, message: string, fix: string): Problem => ({ code, severity: 'error', message, fix });

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
