import { sleep, type Clock } from '../clock.js';
import { JitsiMeetingError, type ErrorCode, type MeetingWarning } from '../errors.js';
import { checkSandbox } from '../jitsi/page-policy.js';
import { scriptRequest, type ScriptRequest } from '../jitsi/script-address.js';
import type { JitsiMeetExternalAPIConstructor } from '../jitsi/methods.js';
import type { Preflight } from '../preflight/types.js';
import { aborted, type CurrentToken, type TokenManager } from '../token/token-manager.js';
import type { NetworkGate } from '../token/network.js';
import { checkToken, doubts, sureNo } from './check-token.js';
import { insecureContext } from './failures.js';
import type { CurrentOptions } from './current-options.js';
import { checkFrameTimeout } from './options.js';
import { isSameMeeting, type Meant, type Target } from './target.js';

/** ms */
const beforeNextLoad = 1_000;

export interface PreparationTools {
  clock: Clock;
  loadApi: (script: ScriptRequest, signal: AbortSignal) => Promise<JitsiMeetExternalAPIConstructor>;
  secureContext: boolean;
}

export interface PreparationEvents {
  /** The next preparation is for another meeting than the last one. */
  otherMeeting(): void;
  warn(warning: MeetingWarning): void;
}

/** Everything that a frame is made from. */
export interface Prepared {
  target: Target;
  Api: JitsiMeetExternalAPIConstructor;
  held: CurrentToken | undefined;
}

/** Prepares a join before there is a frame: fetches token and script side by side, and judges the token. */
export class Preparation {
  /** The meeting that the page meant when the last run began. */
  meant: Meant | undefined;
  /** The judgement of the token of the last join. */
  preflight: Preflight | undefined;

  #ahead = new AbortController();
  /** The last meeting that something was fetched for. */
  #aimedAt: Meant | undefined;

  constructor(
    private readonly tools: PreparationTools,
    private readonly tokens: TokenManager,
    private readonly gate: NetworkGate,
    private readonly options: CurrentOptions,
    private readonly events: PreparationEvents,
  ) {}

  /** The meeting that was prepared last. */
  get target(): Target | undefined {
    return this.#aimedAt?.target;
  }

  /** @throws JitsiMeetingError; the signal's reason when aborted */
  async run(reason: 'join' | 'rejoin', signal: AbortSignal): Promise<Prepared> {
    this.preflight = undefined;
    if (!this.tools.secureContext) throw insecureContext();
    const options = this.options.read();
    this.meant = this.options.meant;
    const { target } = this.options;
    this.#aim(this.meant);
    checkFrameTimeout(options);
    checkSandbox(options.sandbox);
    // Throws for an address that must not be loaded.
    scriptRequest(options, target);
    const [held, Api] = await this.#fetch(target, reason, signal);
    signal.throwIfAborted();
    // Counts as used even if it is refused now: a retry asks for another one.
    if (held) held.used = true;
    const time = { now: this.tokens.now(), known: this.tokens.clockKnown };
    const preflight = await checkToken(held, target, time, this.options.latest.deployment);
    signal.throwIfAborted();
    this.preflight = preflight;
    this.#judge(preflight);
    return { target, Api, held };
  }

  /** Fetches ahead of a join that is likely. A failure is reported only when the join comes. */
  ahead(what: 'script' | 'script-and-token'): void {
    this.options.read();
    const { meant } = this.options;
    const { target } = meant;
    if (!target) return;
    this.#aim(meant);
    this.#loadScript(target, this.#ahead.signal).catch(() => {});
    if (what === 'script-and-token') this.tokens.obtain('join').catch(() => {});
  }

  /** Ends the requests that are under way; what is known stays. */
  stop(): void {
    this.#ahead.abort(aborted());
    this.#ahead = new AbortController();
    this.tokens.stop();
  }

  /** While the device is offline it waits: being offline is not a failure. */
  async #fetch(
    target: Target,
    reason: 'join' | 'rejoin',
    signal: AbortSignal,
  ): Promise<[CurrentToken | undefined, JitsiMeetExternalAPIConstructor]> {
    try {
      return await Promise.all([this.tokens.obtain(reason), this.#loadScript(target, signal)]);
    } catch (error) {
      if (this.gate.isOpen || !isOfNetwork(error)) throw error;
    }
    await this.gate.pass(signal);
    this.options.read();
    return this.#fetch(target, reason, signal);
  }

  /** A script that fails at once is tried again: the network may have been bad for a moment only. */
  async #loadScript(target: Target, signal: AbortSignal): Promise<JitsiMeetExternalAPIConstructor> {
    const script = scriptRequest(this.options.latest, target);
    const load = async (): Promise<JitsiMeetExternalAPIConstructor> => {
      await this.gate.pass(signal);
      return this.tools.loadApi(script, signal);
    };
    try {
      return await load();
    } catch (error) {
      if (!(JitsiMeetingError.is(error) && error.code === 'script-load')) throw error;
    }
    await sleep(this.tools.clock, beforeNextLoad, signal);
    return load();
  }

  /** Nothing is carried over from one meeting to another, above all not a token. */
  #aim(meant: Meant): void {
    if (this.#aimedAt && !isSameMeeting(meant, this.#aimedAt)) {
      this.tokens.forget();
      this.events.otherMeeting();
    }
    this.#aimedAt = meant;
  }

  #judge(preflight: Preflight): void {
    const no = sureNo(preflight);
    if (no) throw no;
    const doubt = doubts(preflight);
    if (doubt) this.events.warn(doubt);
  }
}

const networkCodes = new Set<ErrorCode>(['token-network', 'token-timeout', 'script-load', 'script-timeout']);

const isOfNetwork = (error: unknown): boolean => JitsiMeetingError.is(error) && networkCodes.has(error.code);
