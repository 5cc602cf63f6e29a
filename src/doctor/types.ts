import type { Deployment, Verdict } from '../preflight/index.js';
import type { TokenSignerOptions } from '../server/index.js';

/** What the doctor needs of the world, so that tests can be it. */
export interface DoctorWorld {
  fetch: typeof fetch;
  /** The HTTP status that an address answers a WebSocket upgrade with: 101 where it takes it. Rejects without an answer. */
  upgrade(address: string): Promise<number>;
  /** Resolves after that many milliseconds. */
  wait(ms: number): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Which deployment to examine, and how its tokens are signed. */
export interface DoctorOptions {
  /** Host with port, as in a meeting's address. */
  domain: string;
  room: string;
  tenant: string | null;
  /** How valid tokens are signed; or one that somebody else signed, such as a sign-in service. */
  tokens: { signing: TokenSignerOptions } | { token: string };
  /** What preflight holds the answers to. */
  deployment: Deployment;
  /** The XMPP domain, where config.js doesn't say it or says it wrongly. */
  xmppDomain?: string | undefined;
  /** The domain of the rooms (`hosts.muc`), likewise. */
  muc?: string | undefined;
  /** The address of BOSH, likewise. */
  bosh?: string | undefined;
}

/** Where a client of Jitsi connects to. */
export interface Place {
  /** BOSH's address, without a query. */
  bosh: string;
  websocket: string | null;
  xmppDomain: string;
  muc: string;
  focus: string;
}

/** The server's answer at one stage. `text` is its own; empty where it gave none. */
export type Answer = { answer: 'accepted' } | { answer: 'refused'; text: string } | { answer: 'silence' };

export type TrialName =
  | 'valid'
  | 'none'
  | 'expired'
  | 'not-yet-valid'
  | 'other-secret'
  | 'other-issuer'
  | 'other-audience'
  | 'other-room'
  | 'other-tenant'
  | 'user-in-sub'
  | 'no-typ'
  | 'alg-none';

/** What is sent to the server. `token` is `null` for none. */
export interface Trial {
  name: TrialName;
  token: string | null;
}

/** One trial, what preflight expects of it and what the server said. Holds no token. */
export interface TrialResult {
  name: TrialName;
  expected: { connect: Verdict; join: Verdict | null };
  connect: Answer;
  /** `null` where connecting failed. */
  join: Answer | null;
}

export type ProblemCode =
  | 'site-unreachable'
  | 'certificate'
  | 'config-unreadable'
  | 'script-missing'
  | 'script-forbidden'
  | 'framing-forbidden'
  | 'permission-blocked'
  | 'room-page-cached'
  | 'clock'
  | 'bosh-not-routed'
  | 'server-down'
  | 'websocket-not-routed'
  | 'xmpp-domain'
  | 'login-modules-missing'
  | 'anonymous-login'
  | 'empty-token-allowed'
  | 'other-secret'
  | 'valid-refused'
  | 'jicofo-down'
  | 'room-check-missing'
  | 'domain-check-missing'
  | 'let-in';

/** Something that is not as it should be, with what to change. */
export interface Problem {
  code: ProblemCode;
  /** An `error` keeps people out or lets the wrong ones in; a `warning` is worth a look. */
  severity: 'error' | 'warning';
  message: string;
  /** What to change, and where. */
  fix: string;
}

/** What the doctor found. */
export interface Report {
  domain: string;
  room: string;
  tenant: string | null;
  trials: TrialResult[];
  problems: Problem[];
  /** `yes`: exactly the expected tokens got in. `unknown`: too little could be tried. */
  onlyValid: 'yes' | 'no' | 'unknown';
  /** The result in one sentence. */
  sentence: string;
}
