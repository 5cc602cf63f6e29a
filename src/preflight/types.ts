import type { JSONWebKeySet } from 'jose';
import type { FindingCode } from './codes/index.js';

/** Whether the server would take the token: `unknown` where what was given doesn't decide it. */
export type Verdict = 'accepted' | 'rejected' | 'unknown';

/** When the server looks: `connect` is the XMPP login, `join` entering the room. `null`: no server looks at it. */
export type Stage = 'connect' | 'join' | null;

/** What the server holds against signatures. Public keys count before a secret, as in Prosody. */
export interface DeploymentKeys {
  /** Prosody's `app_secret`; with RS256 a PEM. */
  secret?: string;
  /**
   * kid -> PEM, as a key server (`asap_key_server`) serves them. Where all are certificates, they are taken as a
   * `cache_keys_url` lists them (Firebase): a key server's certificates are of no use to Jitsi.
   */
  publicKeys?: Record<string, string>;
  /**
   * What `cache_keys_url` answers: a key set, or kid -> certificate. Looked at before `publicKeys`, where both are
   * given.
   */
  jwks?: JSONWebKeySet | Record<string, string>;
}

/** Year and month of a Jitsi release whose rules are known. */
export type JitsiRelease = '2026-07' | '2026-03';

/**
 * The settings of a deployment that decide about tokens. What is left out has Prosody's default.
 * A page hands out a `Deployment` without secrets.
 */
export interface Deployment {
  /** The Jitsi release whose rules count; default the newest that is known. A server between two follows the older. */
  release?: JitsiRelease;
  /** Prosody's `app_id`. */
  appId?: string;
  keys?: DeploymentKeys;
  /** `signature_algorithm`; default HS256 with a secret, RS256 with other keys. Without keys none is expected. */
  algorithm?: string;
  /** Default: the app id. `*` takes any. */
  acceptedIssuers?: string[];
  /** Default: any, but there must be one. */
  acceptedAudiences?: string[];
  /** Default: false. */
  allowEmptyToken?: boolean;
  /**
   * `tokenAuthUrl` of the app's config.js: the app sends guests there. The server's answer is the same with
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
  /**
   * Names of Prosody's plugins, of the main host and of the MUC component, with or without `mod_`: those that read
   * claims, give roles, or decide who enters (`docs/guides/roles-and-lobby.md` has them all). Left out, no role is
   * told. `wait_for_host_disable_auto_owners` among them says that this option of `muc_wait_for_host` is set.
   */
  plugins?: string[];
  /**
   * What stands before Prosody. Debian's package and docker come with nginx, whose buffers set the longest token. Left
   * out, only what Prosody itself refuses is sure.
   */
  proxy?: 'nginx' | 'none';
}

/** Where somebody wants to go, and what is so at that moment. What is left out of the room's state isn't so. */
export interface PreflightRequest {
  /** The room's name as in the meeting's address, before or after percent-encoding. */
  room: string;
  tenant?: string | null;
  /** The host that the client connects to; a guest domain, for instance. Default: the deployment's. */
  xmppDomain?: string;
  now?: Date;
  /** Whether the room is open (Jicofo opens it for the first person who may). Default: true. */
  roomExists?: boolean;
  /** Whether the room's lobby is on. */
  lobby?: boolean;
  /** The password that is set for the room. Never told in a finding. */
  roomPassword?: string | null;
  /** The password that the person gives. */
  password?: string | null;
  /** The person's display name; `null` or an empty one: none. Left out, there is one. */
  displayName?: string | null;
  /** How many people are in the room already, without Jicofo. Default: 0. */
  occupants?: number;
  /** The room's flag `allowUnauthenticatedAccess`, which the visitors or reservation code sets. */
  unauthenticatedAccess?: boolean;
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
  /** What the issuer of tokens should change. */
  fix: string;
  /**
   * What the server would write into its refusal. Without it the client waits in vain for an answer, but for those who
   * stand before a lobby or a password (`Preflight.lobby`): these get an answer without words.
   */
  serverText?: string;
}

/** The role that Prosody's plugins give. Nobody is made a visitor by Prosody alone. */
export type GivenRole = 'moderator' | 'participant';

/**
 * What stands between a person and the room: nothing, the lobby until somebody opens, the lobby until a host comes
 * (`muc_wait_for_host`), the lobby's wish for a display name, or a password.
 */
export type LobbyState = 'none' | 'lobby' | 'host' | 'name' | 'password';

/** The answer of `preflight`. */
export interface Preflight {
  connect: Verdict;
  /** `null` when connecting is refused. */
  join: Verdict | null;
  /**
   * The role once it is settled, as Prosody's plugins give it; left out when the plugins are unknown, or the person is
   * refused. Jicofo may still make the first person of a room its moderator (`enable-auto-owner`).
   */
  role?: GivenRole;
  /** Left out where neither the request nor the plugins say. */
  lobby?: LobbyState;
  /** Everything there is to say. The first error of a stage is the server's first reason. */
  findings: Finding[];
}
