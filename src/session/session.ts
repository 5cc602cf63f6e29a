import { describeFeatures, describeRole, type Claims, type Features, type MeetingRole } from '../claims/index.js';
import { systemClock } from '../clock.js';
import { JitsiMeetingError, type MeetingWarning } from '../errors.js';
import type { JitsiCommandName, JitsiCommands } from '../jitsi/commands.js';
import type { JitsiEvents } from '../jitsi/events.js';
import { loadExternalApi } from '../jitsi/load.js';
import { blockedDevices } from '../jitsi/media.js';
import type { JitsiMeetExternalAPI } from '../jitsi/methods.js';
import { page } from '../jitsi/page.js';
import { explainViolation, type Violation } from '../jitsi/page-policy.js';
import { scriptRequest } from '../jitsi/script-address.js';
import type { Signal, WaitingFor } from '../jitsi/app-events.js';
import type { Preflight } from '../preflight/types.js';
import { buildMeetingUrl } from '../room/index.js';
import { aborted, TokenManager, type CurrentToken } from '../token/token-manager.js';
import { browserNetwork, NetworkGate, type Network } from '../token/network.js';
import { defaultTokenTools, type TokenTools } from '../token/request.js';
import { SharedPromise } from './shared-promise.js';
import { embedLimited, mediaBlocked, mediaFailed, roleDiffers } from './warnings.js';
import { surroundings, watchPage, type Surroundings } from './page-lifecycle.js';
import {
  asMeetingError,
  connectionLost,
  iframeTimeout,
  joinTimeout,
  noAppInFrame,
  noMeeting,
  tokenWanted,
} from './failures.js';
import type { MeetingEventMap, MeetingEvents, TypedListening } from './events.js';
import { inputOf } from './heard.js';
import { MeetingFrame } from './meeting-frame.js';
import {
  isAtRest,
  isOver,
  machine,
  next,
  type EndReason,
  type Input,
  type MeetingStateName,
  type NodeName,
  type NodeTimer,
  type Recovery,
} from './machine.js';
import { times } from './machine-types.js';
import { explainRefusal, explainSilence } from './explain-refusal.js';
import { CurrentOptions } from './current-options.js';
import type { MeetingOptions } from './options.js';
import { isSameMeeting } from './target.js';
import { Preparation, type PreparationTools } from './preparation.js';
import { RecoveryPolicy, type Failing } from './recovery-policy.js';
import { RejoinBudget } from './rejoin-budget.js';

export interface SessionTools extends Omit<TokenTools, 'online'>, PreparationTools {
  network: Network;
  surroundings: Surroundings;
  blockedDevices: typeof blockedDevices;
}

/** ms; so long before the token's end a dropped connection may outlast it: the app comes back within seconds. */
const longestDrop = 10_000;
/** ms after joining by which the server has said which role it gives. */
const roleSettled = 3_000;

type SessionEventMap = MeetingEventMap & { change: Event };

/**
 * One meeting at a time, from the request for a token to the goodbye. Dispatches the events of `MeetingEvents` and, under
 * their documented names, all of Jitsi's; `change` tells that something else changed within a state (`waitingFor`,
 * `recovery`). It knows no element: `container` is where the iframe goes. `options` is read at a few moments only (see
 * `CurrentOptions`), so call `update` when an option changed.
 */
export class MeetingSession extends EventTarget {
  declare addEventListener: TypedListening<this, SessionEventMap, AddEventListenerOptions>;
  declare removeEventListener: TypedListening<this, SessionEventMap, EventListenerOptions>;

  #node: NodeName = 'idle';
  #reason: EndReason | undefined;
  #error: JitsiMeetingError | undefined;
  #waitingFor: WaitingFor | undefined;

  #preparing: AbortController | undefined;
  #cancelTimer = (): void => {};
  #cancelRoleCheck = (): void => {};
  #cancelDoubt = (): void => {};
  #endWatch: (() => void) | undefined;
  /** When the app in the frame has to be ready. */
  #frameDeadline = Infinity;
  /** Whether the device said that it lost its network, and not yet that it is back. */
  #cutOff = false;
  /** Whether all that speaks against the connection is that the clock jumped. */
  #onlyClockJumped = false;
  #inputs: [Input, Failing][] = [];
  #busy = false;

  readonly #tools: SessionTools;
  readonly #options: CurrentOptions;
  readonly #gate: NetworkGate;
  readonly #tokens: TokenManager;
  readonly #preparation: Preparation;
  readonly #budget: RejoinBudget;
  readonly #frame: MeetingFrame;
  readonly #policy: RecoveryPolicy;
  readonly #joining = new SharedPromise();
  readonly #leaving = new SharedPromise();

  constructor(container: () => HTMLElement, options: () => MeetingOptions, tools: Partial<SessionTools> = {}) {
    super();
    const clock = tools.clock ?? systemClock;
    this.#tools = {
      ...defaultTokenTools(),
      baseUrl: globalThis.document && page.baseURI,
      clock,
      network: browserNetwork,
      loadApi: (script, signal) => loadExternalApi(script, { clock, signal }),
      surroundings: surroundings(),
      blockedDevices,
      secureContext: globalThis.isSecureContext ?? true,
      ...tools,
    };
    this.#options = new CurrentOptions(options);
    this.#budget = new RejoinBudget(clock, this.#tools.random);
    this.#frame = new MeetingFrame(
      container,
      this.#options,
      {
        event: (name, payload) => {
          this.dispatchEvent(new CustomEvent(name, { detail: payload }));
          if (name === 'cameraError' || name === 'micError') {
            const { type } = payload as JitsiEvents['cameraError'];
            this.#warn(mediaFailed(name === 'cameraError' ? 'camera' : 'microphone', String(type)));
          }
        },
        signal: (signal) => this.#hear(signal),
      },
      clock,
    );
    const gate = new NetworkGate(this.#tools.network);
    this.#gate = gate;
    this.#tokens = new TokenManager(
      { ...this.#tools, online: (signal) => gate.pass(signal) },
      () => (machine[this.#node].holds === 'frame' ? this.#options.read() : this.#options.latest).source,
      () => this.#preparation.target ?? this.#options.target,
      {
        received: (held) => {
          this.#tellToken('token-received', held);
          // It told the time as well: the device's clock may have been set ahead.
          if (this.#node === 'presumed-dead' && this.#onlyClockJumped && !this.#policy.isOverForServer)
            this.#input('alive');
        },
        renewed: (held) => this.#tellToken('token-renewed', held),
        expiring: (held) => this.#tellToken('token-expiring', held),
        expired: (held) => this.#tellToken('token-expired', held),
        renewalFailed: (error) =>
          this.#warn({
            code: 'token-doubtful',
            message: `The token could not be renewed: ${error.message}`,
            hint: error.hint,
          }),
      },
    );
    this.#policy = new RecoveryPolicy(
      () => this.#options.read(),
      this.#tokens,
      this.#frame,
      this.#budget,
      () => this.preflight,
    );
    this.#preparation = new Preparation(this.#tools, this.#tokens, gate, this.#options, {
      otherMeeting: () => this.#frame.forget(),
      warn: (warning) => this.#warn(warning),
    });
  }

  get state(): MeetingStateName {
    return machine[this.#node].state;
  }
  /** Why it ended; `undefined` in every other state. */
  get reason(): EndReason | undefined {
    return this.#reason;
  }
  get error(): JitsiMeetingError | undefined {
    return this.#error;
  }
  /** What is on screen inside the frame, in state `ready`. */
  get waitingFor(): WaitingFor | undefined {
    return this.#waitingFor;
  }
  /** Whether `join()` would take up a meeting whose connection is in doubt. */
  get canRejoin(): boolean {
    return this.recovery !== undefined && this.recovery !== 'by-frame';
  }
  /** What is being done about a meeting that was lost, in state `reconnecting`. */
  get recovery(): Recovery | undefined {
    return machine[this.#node].recovery;
  }
  get api(): JitsiMeetExternalAPI | undefined {
    return this.#frame.api;
  }
  /** Claims of the newest token held. */
  get claims(): Claims | undefined {
    return this.#tokens.current?.decoded.claims;
  }
  get tokenExpiresAt(): Date | undefined {
    const time = this.#tokens.current?.expiresAt;
    return time === undefined ? undefined : new Date(time);
  }
  /** The server's clock minus the device's, ms. */
  get clockSkew(): number {
    return this.#tokens.skew;
  }
  get meetingRole(): MeetingRole {
    return describeRole(this.claims, this.#frame.role);
  }
  get features(): Features | undefined {
    return this.claims && describeFeatures(this.claims);
  }

  /** Whether what is under way waits for the device's network, or a meeting that goes on has lost it. */
  get isOffline(): boolean {
    if (machine[this.#node].holds === 'preparation') return !this.#gate.isOpen;
    return this.state === 'joined' && (this.#cutOff || !this.#gate.isOpen);
  }

  /** Resolves when joined. @throws JitsiMeetingError (rejects); `aborted` when leaving or removal overtook it */
  join(): Promise<void> {
    const { promise } = this.#joining;
    if (this.isOffline) this.#gate.letThrough();
    this.#input('join');
    return promise;
  }

  /** Says goodbye and resolves when nothing is left. */
  leave(): Promise<void> {
    const { promise } = this.#leaving;
    this.#input('leave');
    if (machine[this.#node].holds === 'nothing') {
      this.#preparation.stop();
      this.#leaving.settle();
    }
    return promise;
  }

  /** For good or until the next join: the element is gone from the page. */
  remove(): void {
    this.#input('remove');
    if (machine[this.#node].holds === 'nothing') this.#preparation.stop();
  }

  /** The element was moved: most ways of that make the browser unload the frame, and some browsers do it always. */
  moved(): void {
    if (!this.#frame.alive) this.unload();
  }

  /** The browser unloaded the frame. */
  unload(): void {
    this.#input('unload');
  }

  /** Options may have changed: which meeting, or what a running one is told by a command. */
  update(): void {
    if (isAtRest(this.state)) return;
    this.#options.read();
    const { meant } = this.#preparation;
    // Options that were wrong may be right by the time that the failure is told.
    if (meant && !isSameMeeting(this.#options.meant, meant)) this.#input('restart');
    this.#frame.update();
  }

  /** Gets ahead of a join that is likely: the script, and the token if asked for. */
  warmUp(what: 'script' | 'script-and-token'): void {
    if (machine[this.#node].holds === 'nothing') this.#preparation.ahead(what);
  }

  /** What was found out about the token of the last join before its frame was made. */
  get preflight(): Preflight | undefined {
    return this.#preparation.preflight;
  }

  /** Fetches a new token for the next join. @throws JitsiMeetingError (rejects) */
  async renewToken(): Promise<void> {
    if (isAtRest(this.state)) throw noMeeting('renew a token');
    this.#options.read();
    await this.#tokens.renew();
  }

  /** Sent at once, or in order once the app is ready. @throws JitsiMeetingError aborted, when there is no meeting */
  executeCommand<Name extends JitsiCommandName>(name: Name, ...args: JitsiCommands[Name]): void {
    if (isAtRest(this.state)) throw noMeeting(`execute ${name}`);
    this.#frame.execute(name, ...args);
  }

  /** The address of the meeting, without a token. @throws JitsiMeetingError config-invalid */
  getMeetingUrl(): string {
    this.#options.read();
    return buildMeetingUrl(this.#options.target);
  }

  /** One after the other: what a listener does in answer to a change waits until the change is complete. */
  #input(input: Input, facts: Failing = {}): void {
    this.#inputs.push([input, facts]);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let first = this.#inputs.shift(); first; first = this.#inputs.shift()) this.#take(...first);
    } finally {
      this.#busy = false;
    }
    if (this.state === 'joined') this.#joining.settle();
  }

  #take(input: Input, facts: Failing): void {
    const step = next(this.#node, input, (guard) => this.#policy.holds(guard, facts));
    if (!step) return;
    const from = this.#node;
    const previous = this.state;
    const node = machine[step.to];
    const wasLost = this.#wasLost;

    this.#cancelTimer();
    this.#cancelRoleCheck();
    this.#cancelDoubt();
    if (input !== 'prepared') this.#preparing?.abort(aborted());
    if (input === 'refused' && node.holds === 'preparation') {
      this.#policy.refreshed();
      this.#frame.handOver();
    }
    if (node.holds !== 'frame') this.#frame.dispose();

    this.#node = step.to;
    this.#reason = step.reason;
    this.#waitingFor = facts.waitingFor;
    // What may still be mended is no error yet.
    this.#error = isOver(node.state) ? this.#policy.lastWord(facts.error) : undefined;
    if (step.to === 'failed') this.#error ??= this.#timeoutError(from);
    if (step.to === 'loading') this.#frameDeadline = this.#tools.clock.now() + this.#duration('frame');
    if (input === 'restart') this.#frame.dropCommands();
    if (step.to === 'connecting') this.#begin(input === 'restart' || isAnew(from), wasLost);
    if (step.to === 'joined') this.#welcome();
    if (step.to === 'renewing' && !ofNobody.has(input)) this.#budget.spend();
    if (node.timer) {
      const duration = Math.max(this.#duration(node.timer), facts.error?.retryAfter ?? 0);
      const known = step.to === 'challenged' ? { error: this.#explained(tokenWanted(), 'connect') } : {};
      this.#cancelTimer = this.#tools.clock.after(duration, () => this.#input('timeout', known));
    }
    if (node.holds === 'preparation') void this.#prepare(step.to === 'renewing' ? 'rejoin' : 'join');
    if (node.state === 'leaving' && machine[from].state !== 'leaving') this.#frame.hangUp();
    if (node.holds === 'nothing') this.#rest(step.to);

    this.#settle();
    if (this.state !== previous) this.#announce(previous);
    else this.dispatchEvent(new Event('change'));
    if (this.#error) this.#emit('meeting-error', { error: this.#error });
  }

  /** Ended, and nobody asked for that. */
  get #wasLost(): boolean {
    return this.#reason !== undefined && losses.has(this.#reason);
  }

  #timeoutError(from: NodeName): JitsiMeetingError {
    const domain = this.#preparation.target?.domain ?? '';
    if (from === 'loading') return iframeTimeout(domain, this.#duration('frame'));
    if (from === 'starting') return noAppInFrame(domain, Math.min(times.app, this.#duration('frame')));
    return explainSilence(joinTimeout(from === 'entering' ? times.conference : times.join), this.preflight);
  }

  #duration(timer: NodeTimer): number {
    if (timer === 'backOff') return this.#budget.wait;
    if (timer === 'app') return Math.min(times.app, this.#frameDeadline - this.#tools.clock.now());
    return timer === 'frame' ? (this.#options.latest.frameTimeout ?? times.frame) : times[timer];
  }

  /** What is lost, and not left, is taken up as the person had it: muted, say. */
  #begin(anew: boolean, wasLost: boolean): void {
    if (anew) {
      this.#policy.beginAnew();
      if (!wasLost) this.#frame.forget();
    }
    this.#endWatch ??= watchPage(this.#tools.surroundings, this.#tools.clock, {
      suspect: (sign) => this.#suspect(sign),
      network: (name) => {
        this.#cutOff = name === 'offline';
        this.#input(name);
        this.dispatchEvent(new Event('change'));
      },
      clockSetBack: (jump) => this.#tokens.clockSet(jump),
      hide: () => this.#input('hide'),
      violation: (violation) => this.#forbidden(violation),
    });
  }

  /** What the page's own policy keeps from it fails at once: no second try is of use, and no wait. */
  #forbidden(violation: Violation): void {
    const { target } = this.#preparation;
    if (!target) return;
    const { provider, endpoint } = this.#options.latest.source;
    const error = explainViolation(violation, {
      script: scriptRequest(this.#options.latest, target).src,
      frame: `https://${target.domain}`,
      token: provider ? undefined : endpoint?.url,
      base: this.#tools.baseUrl,
    });
    if (!error) return;
    if (machine[this.#node].holds === 'preparation') this.#input('unprepared', { error });
    else if (this.#node === 'loading') this.#input('fatal', { error });
  }

  #welcome(): void {
    this.#policy.joined();
    // The server says `participant` first and `moderator` 0.1 to 0.5 s later.
    this.#cancelRoleCheck = this.#tools.clock.after(roleSettled, () => {
      const warning = roleDiffers(this.meetingRole);
      if (warning) this.#warn(warning);
    });
  }

  /** Nothing is under way any more, so nothing may be left running. */
  #rest(node: NodeName): void {
    if (node === 'backing-off') return;
    this.#frame.dropCommands();
    this.#preparation.stop();
    this.#endWatch?.();
    this.#endWatch = undefined;
  }

  async #prepare(reason: 'join' | 'rejoin'): Promise<void> {
    const { signal } = (this.#preparing = new AbortController());
    let domain: string;
    try {
      const { target, Api, held } = await this.#preparation.run(reason, signal);
      signal.throwIfAborted();
      domain = target.domain;
      this.#frame.open(Api, target, held);
      this.#tokens.keepFresh();
    } catch (failure) {
      if (signal.aborted) return;
      const error = asMeetingError(failure);
      // In a task of its own: a page that joins again at each failure must not keep its visitor from everything else.
      this.#cancelTimer = this.#tools.clock.after(0, () => this.#input('unprepared', { error }));
      return;
    }
    this.#input('prepared');
    if (reason === 'join') void this.#warnAhead(domain);
  }

  /** What keeps nobody out, but spoils the meeting. */
  async #warnAhead(domain: string): Promise<void> {
    const { api } = this.#frame;
    if (api && domain === 'meet.jit.si') this.#warn(embedLimited);
    const origin = `https://${domain}`;
    const blocked = await this.#tools.blockedDevices(api?.getIFrame());
    // Of a frame that is gone nobody needs to know.
    if (!api || this.#frame.api !== api) return;
    for (const one of blocked) this.#warn(mediaBlocked(one, origin));
  }

  #hear(signal: Signal): void {
    switch (signal.type) {
      case 'suspect':
        return this.#suspect('app');
      case 'trouble':
        // Who is in stays in.
        if (this.#policy.wasJoined) return;
        break;
      case 'alive':
        this.#cancelDoubt();
    }
    const [input, facts] = inputOf(signal);
    if (signal.type === 'refused') facts.error = this.#explained(signal.error, signal.stage, signal.serverText ?? null);
    // What the person waits for stays the same while the app is on its way to a sign-in.
    if (signal.type === 'left') facts.waitingFor = this.#waitingFor;
    this.#input(input, facts);
  }

  #explained(error: JitsiMeetingError, stage: 'connect' | 'join', serverText?: string | null): JitsiMeetingError {
    return explainRefusal(error, stage, this.preflight, this.#frame.token?.decoded, serverText);
  }

  /** With a token that isn't over the app comes back by itself, unless the token ends before it does. */
  #suspect(sign: 'app' | 'network' | 'page' | 'clock'): void {
    this.#onlyClockJumped = sign === 'clock' && (this.#onlyClockJumped || this.#node !== 'presumed-dead');
    this.#input('suspect');
    const left = this.#policy.tokenLeft;
    if (this.#node !== 'joined' || left <= 0 || left > longestDrop) return;
    this.#cancelDoubt();
    this.#cancelDoubt = this.#tools.clock.after(left, () => this.#input('suspect'));
  }

  #settle(): void {
    const { holds } = machine[this.#node];
    const outcome = this.#outcome();
    // A join that waits its turn is the one that counts.
    const joinsAgain = this.#inputs.some(([input]) => input === 'join');
    if (outcome && !joinsAgain) this.#joining.settle(outcome === 'joined' ? undefined : outcome);
    if (holds !== 'frame') this.#leaving.settle();
  }

  /** What a join has come to; `undefined`: it is under way. */
  #outcome(): 'joined' | JitsiMeetingError | undefined {
    if (this.#node === 'joined') return 'joined';
    if (this.#node === 'leaving') return aborted();
    if (machine[this.#node].holds !== 'nothing' || this.#node === 'backing-off') return undefined;
    return this.#error ?? (this.#reason === 'connection-lost' ? connectionLost() : aborted());
  }

  #announce(previous: MeetingStateName): void {
    this.#emit('meeting-state-change', {
      state: this.state,
      previous,
      ...(this.#reason ? { reason: this.#reason } : {}),
    });
  }

  #tellToken(name: 'token-received' | 'token-renewed' | 'token-expiring' | 'token-expired', held: CurrentToken): void {
    const { decoded, expiresAt } = held;
    this.#emit(name, {
      claims: decoded.claims,
      expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
    });
  }

  #warn(warning: MeetingWarning): void {
    this.#emit('meeting-warning', warning);
  }

  #emit<Name extends keyof MeetingEvents>(name: Name, detail: MeetingEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** What takes up a meeting without a connection lost: the person's own wish, a moved element, a frame that met no network. */
const ofNobody = new Set<Input>(['join', 'unload', 'offline']);

/** Ends that nobody asked for. */
const losses = new Set<EndReason>(['connection-lost', 'token', 'page-hidden']);

/** Whether a join from there begins another meeting. */
const isAnew = (node: NodeName): boolean => machine[node].holds === 'nothing' || node === 'restarting';
