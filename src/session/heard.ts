import type { Signal } from '../jitsi/app-events.js';
import type { Input } from './machine.js';
import type { Failing } from './recovery-policy.js';

/** The input, with its facts, that an app event becomes. */
export function inputOf(signal: Signal): [Input, Failing] {
  switch (signal.type) {
    case 'loaded':
      return ['frameLoaded', {}];
    case 'ready':
      return ['appReady', {}];
    case 'waiting':
      return ['appWaiting', { waitingFor: signal.for, challenged: signal.challenged }];
    case 'joining':
      return ['appAccepted', {}];
    case 'joined':
      return ['appJoined', {}];
    case 'left':
      return ['appLeft', {}];
    case 'closed':
      return ['appClosed', {}];
    case 'refused':
      return ['refused', { error: signal.error, stage: signal.stage }];
    case 'trouble':
      return ['refused', { error: signal.error }];
    case 'fatal':
      return ['fatal', { error: signal.error }];
    default:
      return [signal.type, {}];
  }
}
