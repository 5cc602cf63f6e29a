import type { Clock } from '../clock.js';
import type { JitsiMeetingError } from '../errors.js';
import type { Preflight } from '../preflight/types.js';
import type { CurrentOptions } from './current-options.js';
import { explainSilence } from './explain-refusal.js';
import { iframeTimeout, joinTimeout, noAppInFrame } from './failures.js';
import { machine, type NodeName, type NodeTimer as TimerName } from './machine.js';
import { times } from './machine-types.js';
import type { RejoinBudget } from './rejoin-budget.js';

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
    if (timer) this.#cancel = this.clock.after(Math.max(this.#duration(timer), atLeast), () => this.timeout(node));
  }

  stop(): void {
    this.#cancel();
  }

  startDeadline(): void {
    this.#deadline = this.clock.now() + this.#duration('frame');
  }

  /** The error of a node that lasted too long. */
  error(node: NodeName, domain: string, preflight: Preflight | undefined): JitsiMeetingError {
    if (node === 'loading') return iframeTimeout(domain, this.#duration('frame'));
    if (node === 'starting') return noAppInFrame(domain, Math.min(times.app, this.#duration('frame')));
    return explainSilence(joinTimeout(node === 'entering' ? times.conference : times.join), preflight);
  }

  #duration(timer: TimerName): number {
    if (timer === 'backOff') return this.budget.wait;
    if (timer === 'app') return Math.min(times.app, this.#deadline - this.clock.now());
    return timer === 'frame' ? (this.options.latest.frameTimeout ?? times.frame) : times[timer];
  }
}
