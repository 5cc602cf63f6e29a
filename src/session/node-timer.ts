import type { Clock } from '../clock.js';
import type { ErrorCode, JitsiMeetingError } from '../errors.js';
import type { Preflight } from '../preflight/types.js';
import type { CurrentOptions } from './current-options.js';
import { explanations } from './late-parts.js';
import { machine, type NodeName, type NodeTimer as TimerName } from './machine.js';
import { times } from './machine-types.js';
import { withoutWords } from '../without-words.js';
import type { RejoinBudget } from './rejoin-budget.js';

/** The errors of nodes that lasted too long. */
const codes: Partial<Record<NodeName, ErrorCode>> = {
  loading: 'iframe-timeout',
  starting: 'iframe-timeout',
  joining: 'join-timeout',
  entering: 'join-timeout',
  challenged: 'token-auth-required',
};

/** How long a node may last, and what to say when it lasted too long. */
export class NodeTimer {
  #cancel = (): void => {};
  /** The time by which the app in the frame has to be ready. */
  #deadline = Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly options: CurrentOptions,
    private readonly budget: RejoinBudget,
    private readonly timeout: (node: NodeName) => void,
  ) {}

  /** @param atLeast ms that the backend asked to wait before the next request */
  start(node: NodeName, atLeast = 0): void {
    this.stop();
    const { timer } = machine[node];
    if (!timer) return;
    let isOver = false;
    const end = (): void => {
      if (!isOver) this.timeout(node);
    };
    const cancel = this.clock.after(Math.max(this.#duration(timer), atLeast), () => {
      if (explanations.now || !(node in codes)) return end();
      // The failure is told with its words.
      void explanations.tryToLoad().then(end);
    });
    this.#cancel = () => {
      isOver = true;
      cancel();
    };
  }

  stop(): void {
    this.#cancel();
  }

  startDeadline(): void {
    this.#deadline = this.clock.now() + this.#duration('frame');
  }

  /** The error of a node that lasted too long. */
  error(node: NodeName, domain: string, preflight: Preflight | undefined): JitsiMeetingError {
    const words = explanations.now;
    if (!words) return withoutWords(codes[node] ?? 'join-timeout');
    if (node === 'loading') return words.iframeTimeout(domain, this.#duration('frame'));
    if (node === 'starting') return words.noAppInFrame(domain, Math.min(times.app, this.#duration('frame')));
    return words.explainSilence(words.joinTimeout(node === 'entering' ? times.conference : times.join), preflight);
  }

  #duration(timer: TimerName): number {
    if (timer === 'backOff') return this.budget.wait;
    if (timer === 'app') return Math.min(times.app, this.#deadline - this.clock.now());
    return timer === 'frame' ? (this.options.latest.frameTimeout ?? times.frame) : times[timer];
  }
}
