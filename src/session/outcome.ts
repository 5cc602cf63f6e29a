import { JitsiMeetingError } from '../errors.js';
import { aborted } from '../token/aborted.js';
import { machine } from './machine.js';
import { SharedPromise } from './shared-promise.js';
import { errorOf, reasonOf, type SessionState } from './state.js';

/** How a join turned out; `undefined` while it is under way. */
function outcomeOf(state: SessionState): 'joined' | JitsiMeetingError | undefined {
  if (state.node === 'joined') return 'joined';
  if (state.node === 'leaving') return aborted();
  if (machine[state.node].holds !== 'nothing' || state.node === 'backing-off') return undefined;
  return errorOf(state) ?? (reasonOf(state) === 'connection-lost' ? connectionLost() : aborted());
}

/** The promises that `join()` and `leave()` returned. */
export class Promised {
  readonly joining = new SharedPromise();
  readonly leaving = new SharedPromise();

  /** @param joinsAgain whether another join is queued: then the promise of `join()` waits for its outcome */
  settle(state: SessionState, joinsAgain: boolean): void {
    const outcome = outcomeOf(state);
    if (outcome && !joinsAgain) this.joining.settle(outcome === 'joined' ? undefined : outcome);
    if (machine[state.node].holds !== 'frame') this.leaving.settle();
  }
}

function connectionLost(): JitsiMeetingError {
  return new JitsiMeetingError('conference-failed', 'The connection to the meeting was lost.', {
    hint: 'Call join() again, or let rejoin="auto" do it.',
    retryable: true,
  });
}
