import { describeRole, type MeetingRole } from '../claims/index.js';
import type { JitsiMeetingError, MeetingWarning } from '../errors.js';
import type { Signal } from '../jitsi/app-events.js';
import { frameAddresses } from '../jitsi/frame-addresses.js';
import { withoutWords } from '../without-words.js';
import { NetworkGate } from '../token/network.js';
import { TokenManager } from '../token/token-manager.js';
import { ConnectionWatch } from './connection-watch.js';
import { CurrentOptions } from './current-options.js';
import type { MeetingEvents } from './events.js';
import { Fetching } from './fetching.js';
import type { HeadsUp } from './heads-up.js';
import { explanations, fetchExplanations, type Explanations } from './late-parts.js';
import { machine, type Input, type NodeName } from './machine.js';
import { MeetingFrame } from './meeting-frame.js';
import { NodeTimer } from './node-timer.js';
import type { MeetingOptions } from './options.js';
import { Preparation } from './preparation.js';
import { RecoveryPolicy, type Failing } from './recovery-policy.js';
import { RejoinBudget } from './rejoin-budget.js';
import { completeTools, type SessionTools } from './session-tools.js';
import { tokenEvents } from './token-events.js';

/** What the parts read from the session, and what they tell it. */
export interface SessionHost {
  node(): NodeName;
  input(input: Input, facts?: Failing): void;
  hear(signal: Signal): void;
  emit<Name extends keyof MeetingEvents>(name: Name, detail: MeetingEvents[Name]): void;
  dispatch(event: Event): void;
}

export type Parts = ReturnType<typeof makeParts>;

const tokenWanted = (): JitsiMeetingError => explanations.now?.tokenWanted() ?? withoutWords('token-auth-required');

/** Makes the parts of a session and connects them. */
export function makeParts(
  container: () => HTMLElement,
  read: () => MeetingOptions,
  given: Partial<SessionTools>,
  host: SessionHost,
) {
  const tools = completeTools(given);
  const { clock } = tools;
  const { input } = host;
  const holds = () => machine[host.node()].holds;
  const isLoading = () => machine[host.node()].state === 'loading';
  const warn = (warning: MeetingWarning): void => host.emit('meeting-warning', warning);
  const changed = (): void => host.dispatch(new Event('change'));
  const role = (): MeetingRole => describeRole(tokens.current?.decoded.claims, frame.role);
  const explain = (error: JitsiMeetingError, stage: 'connect' | 'join', serverText?: string | null) =>
    explanations.now?.explainRefusal(error, stage, preparation.preflight, frame.token?.decoded, serverText) ?? error;

  const options = new CurrentOptions(read);
  const gate = new NetworkGate(tools.network);
  const budget = new RejoinBudget(clock, tools.random);
  let warner: HeadsUp | undefined;
  /** What is done when the app shows itself, and not before, so that nothing competes with its start. */
  let whenShown: (() => void) | undefined;
  /** At once where its code is there; what it can't be told for want of it is not warned of. */
  const headsUp = (tell: (one: HeadsUp) => void): void => {
    const begin = (words: Explanations | undefined): void => {
      if (words) tell((warner ??= new words.HeadsUp(tools, () => frame.api, role, warn)));
    };
    if (explanations.now) begin(explanations.now);
    else void explanations.tryToLoad().then(begin);
  };
  const frame = new MeetingFrame(
    container,
    options,
    {
      event(name, payload) {
        host.dispatch(new CustomEvent(name, { detail: payload }));
        if (name === 'cameraError' || name === 'micError') headsUp((one) => one.heard(name, payload));
      },
      signal(signal) {
        host.hear(signal);
        if (signal.type !== 'waiting' && signal.type !== 'joined') return;
        whenShown?.();
        whenShown = undefined;
      },
    },
    clock,
  );
  const tokens: TokenManager = new TokenManager(
    { ...tools, online: (signal) => gate.pass(signal) },
    // A preparation has just read the options; a renewal in a meeting reads them anew.
    () => (holds() === 'frame' ? options.read() : options.latest).source,
    () => preparation.target ?? options.target,
    tokenEvents(host.emit, warn, () => connection.tokenCame(), changed),
  );
  const preparation: Preparation = new Preparation(tools, tokens, gate, options, {
    otherMeeting: () => frame.forget(),
    scriptCame: changed,
    warn,
  });
  const policy = new RecoveryPolicy(options, tokens, frame, budget, () => preparation.mayMeetSilence);
  const timer = new NodeTimer(clock, options, budget, (node) =>
    input('timeout', node === 'challenged' ? { error: explain(tokenWanted(), 'connect') } : {}),
  );
  const connection = new ConnectionWatch(
    tools.surroundings,
    clock,
    policy,
    {
      node: host.node,
      input,
      networkChanged: changed,
      clockSetBack: (jump) => tokens.clockSet(jump),
      async violation(violation) {
        // Read at once: another meeting that fails by this violation takes its frame away. Reports come too late for that.
        const frames = isLoading() && 'effectiveDirective' in violation ? frameAddresses() : undefined;
        const words = await explanations.tryToLoad();
        const error = words?.errorOfViolation(violation, options.latest, preparation.target, tools.baseUrl, frames);
        if (!error) return void (policy.blocked = words?.requestOfViolation(violation) ?? policy.blocked);
        // A preload that has no nonce is blocked, and the script itself may come.
        if (words!.isOfScript(violation) && (await preparation.scriptComes())) return;
        if (holds() === 'preparation') input('unprepared', { error });
        // The browser's own page in place of what it blocked may have loaded by now.
        else if (isLoading()) input('fatal', { error });
      },
    },
    tools.violations,
  );
  const fetching = new Fetching(preparation, clock, {
    open({ Api, target, held }) {
      frame.open(Api, target, held);
      tokens.keepFresh();
    },
    input,
    opened(domain) {
      whenShown = () => {
        void fetchExplanations();
        headsUp((one) => void one.opened(domain));
      };
    },
  });
  return {
    budget,
    connection,
    explain,
    fetching,
    frame,
    gate,
    headsUp,
    options,
    overhear: tools.overhear,
    policy,
    preparation,
    role,
    timer,
    tokens,
  };
}
