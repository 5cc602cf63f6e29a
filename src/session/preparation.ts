import type { Clock } from '../clock.js';
import { sleep } from '../waiting.js';
import { JitsiMeetingError, type ErrorCode, type MeetingWarning } from '../errors.js';
import { scriptRequest, type ScriptRequest } from '../jitsi/script-address.js';
import type { JitsiMeetExternalAPIConstructor } from '../jitsi/methods.js';
import type { Preflight } from '../preflight/types.js';
import { aborted } from '../token/aborted.js';
import type { CurrentToken, TokenManager } from '../token/token-manager.js';
import type { NetworkGate } from '../token/network.js';
import type { CurrentOptions } from './current-options.js';
import { isFaultless } from './faultless.js';
import { explained, explanations, tokenRules } from './late-parts.js';
import { isSameMeeting, type Meant, type Target } from './target.js';

const unchecked: MeetingWarning = {
  code: 'token-doubtful',
  message: 'The token was not checked in full before the meeting: the file with the rules could not be loaded.',
  hint: 'Is all of the folder dist of this package published?',
};

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
  /** Jitsi's script is there. */
  scriptCame(): void;
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
  /** Whether something was found in it that a server may meet with silence. */
  mayMeetSilence = false;
  /** Whether Jitsi's script is there for the last run. */
  hasScript = false;

  /** Whether the last run began without a source of tokens. */
  #forGuest = false;
  #ahead = new AbortController();
  #lastLoad: Promise<JitsiMeetExternalAPIConstructor> | undefined;
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
    this.mayMeetSilence = false;
    this.hasScript = false;
    if (!this.tools.secureContext) throw await explained('insecure-context', (words) => words.insecureContext());
    const options = this.options.read();
    this.meant = this.options.meant;
    this.#forGuest = !this.options.hasSource;
    const { target } = this.options;
    this.#aim(this.meant);
    const { frameTimeout = Infinity, sandbox } = options;
    if (!(frameTimeout > 0)) throw await explained('config-invalid', (words) => words.wrongFrameTimeout(frameTimeout));
    // The sandbox of an iframe around the page may leave it no origin.
    if (sandbox !== undefined || globalThis.origin === 'null') (await explanations.tryToLoad())?.checkSandbox(sandbox);
    // Throws for an address that must not be loaded.
    scriptRequest(options, target);
    const [held, Api] = await this.#fetch(target, reason, signal);
    signal.throwIfAborted();
    // Counts as used even if it is refused now: a retry asks for another one.
    if (held) held.used = true;
    await this.#check(held, target, signal);
    return { target, Api, held };
  }

  /** What the options that were read since then mean for the last run; they may be mended before their failure is told. */
  outdatedBy(): 'restart' | 'sourceCame' | undefined {
    if (this.meant && !isSameMeeting(this.options.meant, this.meant)) return 'restart';
    return this.#forGuest && this.options.hasSource ? 'sourceCame' : undefined;
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

  /** Settles with the last request for the script; false where there was none. */
  scriptComes(): Promise<boolean> {
    return Promise.resolve(this.#lastLoad).then(Boolean, () => false);
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
      return await Promise.all([this.tokens.obtain(reason), this.#script(target, signal)]);
    } catch (error) {
      if (this.gate.isOpen || !isOfNetwork(error)) throw error;
    }
    await this.gate.pass(signal);
    this.options.read();
    return this.#fetch(target, reason, signal);
  }

  async #script(target: Target, signal: AbortSignal): Promise<JitsiMeetExternalAPIConstructor> {
    const Api = await this.#loadScript(target, signal);
    signal.throwIfAborted();
    this.hasScript = true;
    this.events.scriptCame();
    return Api;
  }

  /** A script that fails at once is tried again: the network may have been bad for a moment only. */
  async #loadScript(target: Target, signal: AbortSignal): Promise<JitsiMeetExternalAPIConstructor> {
    const script = scriptRequest(this.options.latest, target);
    const load = async (): Promise<JitsiMeetExternalAPIConstructor> => {
      await this.gate.pass(signal);
      return this.tools.loadApi(script, signal);
    };
    try {
      return await (this.#lastLoad = load());
    } catch (error) {
      if (!(JitsiMeetingError.is(error) && error.code === 'script-load')) throw error;
    }
    await sleep(this.tools.clock, beforeNextLoad, signal);
    return (this.#lastLoad = load());
  }

  /** Nothing is carried over from one meeting to another, above all not a token. */
  #aim(meant: Meant): void {
    if (this.#aimedAt && !isSameMeeting(meant, this.#aimedAt)) {
      this.tokens.forget();
      this.events.otherMeeting();
    }
    this.#aimedAt = meant;
  }

  /** Throws for a sure no, and warns where a server may refuse. */
  async #check(held: CurrentToken | undefined, target: Target, signal: AbortSignal): Promise<void> {
    const { deployment } = this.options.latest;
    if (!deployment && isFaultless(held?.decoded, target, this.tokens.now())) {
      this.preflight = { connect: 'unknown', join: 'unknown', findings: [] };
      return;
    }
    const rules = await tokenRules.tryToLoad();
    signal.throwIfAborted();
    if (!rules) return this.events.warn(unchecked);
    const time = { now: this.tokens.now(), known: this.tokens.clockKnown };
    const preflight = await rules.checkToken(held, target, time, deployment);
    signal.throwIfAborted();
    this.preflight = preflight;
    this.mayMeetSilence = rules.silentFindings(preflight).length > 0;
    const no = rules.sureNo(preflight);
    if (no) throw no;
    const doubt = rules.doubts(preflight);
    if (doubt) this.events.warn(doubt);
    if (deployment && !rules.fullRules.now) this.events.warn(unchecked);
  }
}

const networkCodes = new Set<ErrorCode>(['token-network', 'token-timeout', 'script-load', 'script-timeout']);

const isOfNetwork = (error: unknown): boolean => JitsiMeetingError.is(error) && networkCodes.has(error.code);
