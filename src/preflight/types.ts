import type { JSONWebKeySet } from 'jose';
import type { FindingCode } from './codes/index.js';

/** Whether the server would take the token: `unknown` where what was given doesn't decide it. */
export type Verdict = 'accepted' | 'rejected' | 'unknown';

/** When the server looks: `connect` is the XMPP login, `join` entering the room. `null`: no server looks at it. */
export type Stage = 'connect' | 'join' | null;

/**
 * The settings of a deployment that decide about tokens. What is left out has Prosody's default.
 * A page hands out a `Deployment` without secrets.
 */
export interface Deployment {
  /** Prosody's `app_id`. */
  appId?: string;
  keys?:
    | { secret: string }
    /** kid -> PEM (SPKI or certificate), as a key server (`asap_key_server`) serves them. */
    | { publicKeys: Record<string, string> }
    | { jwks: JSONWebKeySet };
  /** `signature_algorithm`; default HS256 with a secret, RS256 with other keys. Without keys none is expected. */
  algorithm?: string;
  /** Default: the app id. `*` takes any. */
  acceptedIssuers?: string[];
  /** Default: any, but there must be one. */
  acceptedAudiences?: string[];
  /** Default: false. */
  allowEmptyToken?: boolean;
  /**
   * `tokenAuthUrl` of the app's config.js: who has no token is sent there by the app. The server's answer is the same with
   * and without it; the element lets the app do so.
   */
  tokenAuthUrl?: string;
  /** `asap_require_room_claim`; default true. */
  requireRoomClaim?: boolean;
  /** `enable_domain_verification`; default true. */
  domainVerification?: boolean;
  /** The main XMPP domain (host only). */
  xmppDomain?: string;
  /** `muc_mapper_domain_base`; default the XMPP domain, `null`: not set. */
  mucMapperDomainBase?: string | null;
  guestDomain?: string | null;
  /** Names of Prosody plugins that read claims, such as `presence_identity` or `token_affiliation`. */
  plugins?: string[];
}

export interface PreflightRequest {
  /** The room's name as in the meeting's address, before or after percent-encoding. */
  room: string;
  tenant?: string | null;
  /** The host that the client connects to; a guest domain, for instance. Default: the deployment's. */
  xmppDomain?: string;
  now?: Date;
}

/** One thing to know about a token, with what to change and who changes it. */
export interface Finding {
  code: FindingCode;
  severity: 'error' | 'warning' | 'advice';
  stage: Stage;
  /** Path of the claim or header field it speaks of: `exp`, `context.user.moderator`, `header.typ`. */
  claim?: string;
  /** What is there, as text; never the token or a secret. */
  found?: string;
  expected?: string;
  /** What whoever issues tokens should change. */
  fix: string;
  /** What the server would write into its refusal. An error of a stage without it gets no answer: the client waits in vain. */
  serverText?: string;
}

export interface Preflight {
  connect: Verdict;
  /** `null` when connecting is refused. */
  join: Verdict | null;
  /** Everything there is to say. The first error of a stage is the server's first reason. */
  findings: Finding[];
}
