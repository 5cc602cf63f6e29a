import type { Effect } from './machine-types.js';
import { fetchExplanations } from './late-parts.js';
import type { Parts } from './parts.js';
import { wasLost, type SessionState } from './state.js';

/** Carries out the effects that the table names; `before` is the state that the step came from. */
export function effectsOn(parts: Parts): Record<Effect, (before: SessionState) => void> {
  const { budget, connection, fetching, frame, headsUp, policy, preparation, timer } = parts;
  return {
    abortPreparation: () => fetching.abort(),
    endRoleCheck: () => headsUp((one) => one.endRoleCheck()),
    endDoubt: () => connection.endDoubt(),
    beginAnew: () => policy.beginAnew(),
    forgetUnlessLost: (before) => wasLost(before) || frame.forget(),
    dropCommands: () => frame.dropCommands(),
    noteFreshToken: () => policy.refreshed(),
    handOver: () => frame.handOver(),
    spendTry: () => budget.spend(),
    hangUp: () => frame.hangUp(),
    disposeFrame: () => frame.dispose(),
    watchPage: () => connection.begin(),
    prepare: () => void fetching.start('join'),
    prepareAgain: () => void fetching.start('rejoin'),
    startDeadline: () => timer.startDeadline(),
    noteJoined() {
      policy.joined();
      // What couldn't be fetched before.
      void fetchExplanations();
    },
    startRoleCheck: () => headsUp((one) => one.startRoleCheck()),
    rest() {
      frame.dropCommands();
      preparation.stop();
      connection.end();
    },
  };
}
