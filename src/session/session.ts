import { describeFeatures, type Claims, type Features, type MeetingRole } from '../claims/index.js';
import type { JitsiMeetingError } from '../errors.js';
import type { Signal, WaitingFor } from '../jitsi/app-events.js';
import type { JitsiCommandName, JitsiCommands } from '../jitsi/commands.js';
import type { JitsiMeetExternalAPI } from '../jitsi/methods.js';
import type { Preflight } from '../preflight/types.js';
import { buildMeetingUrl } from '../room/url.js';
import type { RenewalStatus } from '../token/renewal.js';
import { effectsOn } from './effects.js';
import type { MeetingEventMap, MeetingEvents, TypedListening } from './events.js';
import { noMeeting } from './no-meeting.js';
import { inputOf } from './heard.js';
import type { Effect, EndReason, Input, MachineNode, MeetingStateName, Recovery } from './machine-types.js';
import { isAtRest, isOver, machine, next } from './machine.js';
import type { MeetingOptions } from './options.js';
import { Promised } from './outcome.js';
import { makeParts, type Parts } from './parts.js';
import type { Failing } from './recovery-policy.js';
import { errorOf, reasonOf, stateAfter, waitingFor, type SessionState } from './state.js';
import type { SessionTools } from './session-tools.js';

export type { SessionTools } from './session-tools.js';

type SessionEventMap = MeetingEventMap & { change: Event };

/**
 * One meeting at a time, from the request for a token to the goodbye. Dispatches the events of `MeetingEvents` and,
 * under their documented names, all of Jitsi's; `change` tells that something else changed within a state
 * (`waitingFor`, `recovery`). It knows no element: `container` is where the iframe goes. `options` is read at a few
 * moments only (see `CurrentOptions`), so call `update` when an option changed.
 */
export class MeetingSession extends EventTarget {
  declare addEventListener: TypedListening<this, SessionEventMap, AddEventListenerOptions>;
  declare removeEventListener: TypedListening<this, SessionEventMap, EventListenerOptions>;

  #state: SessionState = { node: 'idle' };
  #inputs: [Input, Failing][] = [];
  #busy = false;

  readonly #parts: Parts;
  readonly #effects: Record<Effect, (before: SessionState) => void>;
  readonly #promised = new Promised();

  constructor(container: () => HTMLElement, options: () => MeetingOptions, tools: Partial<SessionTools> = {}) {
    super();
    this.#parts = makeParts(container, options, tools, {
      node: () => this.#state.node,
      input: (input, facts) => this.#input(input, facts),
      hear: (signal) => this.#hear(signal),
      emit: (name, detail) => this.#emit(name, detail),
      dispatch: (event) => void this.dispatchEvent(event),
    });
    this.#effects = effectsOn(this.#parts);
  }

  get state(): MeetingStateName {
    return this.#at.state;
  }
  /** Why it ended; `undefined` in every other state. */
  get reason(): EndReason | undefined {
    return reasonOf(this.#state);
  }
  get error(): JitsiMeetingError | undefined {
    return errorOf(this.#state);
  }
  /** What the person waits for inside the frame, in state `ready`. */
  get waitingFor(): WaitingFor | undefined {
    return waitingFor(this.#state);
  }
  /** How a lost meeting is being joined again, in state `reconnecting`. */
  get recovery(): Recovery | undefined {
    return this.#at.recovery;
  }
  get api(): JitsiMeetExternalAPI | undefined {
    return this.#parts.frame.api;
  }
  /** Claims of the newest token held. */
  get claims(): Claims | undefined {
    return this.#parts.tokens.current?.decoded.claims;
  }
  get tokenExpiresAt(): Date | undefined {
    const time = this.#parts.tokens.current?.expiresAt;
    return time === undefined ? undefined : new Date(time);
  }
  /** Whether Jitsi's script is there for a join, and whether a token is to take the place of the one held. */
  get fetched(): { script: boolean; renewal: RenewalStatus } {
    return { script: this.#parts.preparation.hasScript, renewal: this.#parts.tokens.renewal };
  }
  /** The server's clock minus the device's, ms. */
  get clockSkew(): number {
    return this.#parts.tokens.skew;
  }
  get meetingRole(): MeetingRole {
    return this.#parts.role();
  }
  get features(): Features | undefined {
    return this.claims && describeFeatures(this.claims);
  }

  /** Whether the device's network is missing: to a request that waits for it, or to a running meeting. */
  get isOffline(): boolean {
    if (this.#at.holds === 'preparation') return !this.#parts.gate.isOpen;
    return this.state === 'joined' && (this.#parts.connection.isCutOff || !this.#parts.gate.isOpen);
  }

  /** Resolves when joined. @throws JitsiMeetingError (rejects); `aborted` when leaving or removal overtook it */
  join(): Promise<void> {
    const { promise } = this.#promised.joining;
    if (this.isOffline) this.#parts.gate.letThrough();
    this.#input('join');
    return promise;
  }

  /** Says goodbye and resolves when nothing is left. */
  leave(): Promise<void> {
    const { promise } = this.#promised.leaving;
    this.#input('leave');
    if (this.#at.holds === 'nothing') {
      this.#parts.preparation.stop();
      this.#promised.leaving.settle();
    }
    return promise;
  }

  /** The element is gone from the page, for good or until the next join. */
  remove(): void {
    this.#input('remove');
    if (this.#at.holds === 'nothing') this.#parts.preparation.stop();
  }

  /** The element was moved. Most moves make the browser unload the frame; in some browsers all do. */
  moved(): void {
    if (!this.#parts.frame.alive) this.unload();
  }

  /** The browser unloaded the frame. */
  unload(): void {
    this.#input('unload');
  }

  /** Options may have changed: the target, or live options of a running meeting. */
  update(): void {
    if (isAtRest(this.state)) return;
    this.#parts.options.read();
    const outdated = this.#parts.preparation.outdatedBy();
    if (outdated) this.#input(outdated);
    this.#parts.frame.update();
  }

  /** Fetches ahead of a join that is likely: the script, and the token if asked for. */
  warmUp(what: 'script' | 'script-and-token'): void {
    if (this.#at.holds === 'nothing') this.#parts.preparation.ahead(what);
  }

  /** The judgement of the last join's token, made before its frame was. */
  get preflight(): Preflight | undefined {
    return this.#parts.preparation.preflight;
  }

  /** Fetches a new token for the next join. @throws JitsiMeetingError (rejects) */
  async renewToken(): Promise<void> {
    if (isAtRest(this.state)) throw noMeeting('renew a token');
    this.#parts.options.read();
    await this.#parts.tokens.renew();
  }

  /** Sent at once, or in order once the app is ready. @throws JitsiMeetingError aborted, when there is no meeting */
  executeCommand<Name extends JitsiCommandName>(name: Name, ...args: JitsiCommands[Name]): void {
    if (isAtRest(this.state)) throw noMeeting(`execute ${name}`);
    this.#parts.frame.execute(name, ...args);
  }

  /** The address of the meeting, without a token. @throws JitsiMeetingError config-invalid */
  getMeetingUrl(): string {
    this.#parts.options.read();
    return buildMeetingUrl(this.#parts.options.target);
  }

  get #at(): MachineNode {
    return machine[this.#state.node];
  }

  /** Takes inputs one after the other: what a listener calls during a step waits until the step is complete. */
  #input(input: Input, facts: Failing = {}): void {
    this.#inputs.push([input, facts]);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let first = this.#inputs.shift(); first; first = this.#inputs.shift()) this.#take(...first);
    } finally {
      this.#busy = false;
    }
    if (this.state === 'joined') this.#promised.joining.settle();
  }

  /** Finds the step, runs its effects, and tells. */
  #take(input: Input, facts: Failing): void {
    const before = this.#state;
    const step = next(before.node, input, (guard) => this.#parts.policy.holds(guard, facts));
    if (!step) return;
    const [from, to] = [machine[before.node], machine[step.to]];
    const run = (effects: readonly Effect[] = []): void => effects.forEach((effect) => this.#effects[effect](before));

    this.#parts.timer.stop();
    run(from.leave);
    this.#state = stateAfter(step, before, {
      waitingFor: facts.waitingFor,
      // While a rejoin may still succeed, the error isn't told.
      error: isOver(to.state) ? this.#parts.policy.lastWord(facts.error) : undefined,
      timeout: () => this.#parts.timer.error(before.node, this.#parts.preparation.target?.domain ?? '', this.preflight),
    });
    run(step.do);
    run(to.enter);
    this.#parts.timer.start(step.to, facts.error?.retryAfter);

    const joinsAgain = this.#inputs.some(([waiting]) => waiting === 'join');
    this.#promised.settle(this.#state, joinsAgain);
    this.#tell(from.state);
  }

  #hear(signal: Signal): void {
    if (signal.type === 'suspect') return this.#parts.connection.suspect('app');
    // Trouble on the way in must not end a meeting that the person has joined.
    if (signal.type === 'trouble' && this.#parts.policy.wasJoined) return;
    if (signal.type === 'alive') this.#parts.connection.endDoubt();
    const [input, facts] = inputOf(signal);
    if (signal.type === 'refused')
      facts.error = this.#parts.explain(signal.error, signal.stage, signal.serverText ?? null);
    this.#input(input, facts);
  }

  #tell(previous: MeetingStateName): void {
    const { state, reason, error } = this;
    if (state === previous) this.dispatchEvent(new Event('change'));
    else this.#emit('meeting-state-change', { state, previous, ...(reason && { reason }) });
    if (error) this.#emit('meeting-error', { error });
  }

  #emit<Name extends keyof MeetingEvents>(name: Name, detail: MeetingEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** @internal */
  override dispatchEvent(event: Event): boolean {
    this.#parts.overhear?.(event);
    return super.dispatchEvent(event);
  }
}
