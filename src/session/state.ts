import type { JitsiMeetingError } from '../errors.js';
import type { WaitingFor } from '../jitsi/app-events.js';
import type { EndReason, NodeName, Step } from './machine.js';

/** The node that a session is at, with the data that belong to it. */
export type SessionState =
  | { readonly node: 'ended'; readonly reason: EndReason; readonly error?: JitsiMeetingError | undefined }
  | { readonly node: 'failed'; readonly error: JitsiMeetingError }
  | { readonly node: 'waiting' | 'challenged'; readonly waitingFor: WaitingFor | undefined }
  | { readonly node: Exclude<NodeName, 'ended' | 'failed' | 'waiting' | 'challenged'> };

/** What is known when a step is taken. */
export interface StepFacts {
  waitingFor: WaitingFor | undefined;
  /** Why the meeting ends or fails, as far as it is known. */
  error: JitsiMeetingError | undefined;
  /** The error of a failure without another reason: the node lasted too long. */
  timeout: () => JitsiMeetingError;
}

/** The state after a step. */
export function stateAfter({ to, reason }: Step, before: SessionState, facts: StepFacts): SessionState {
  switch (to) {
    case 'ended':
      return { node: to, reason: reason ?? 'left', error: facts.error };
    case 'failed':
      return { node: to, error: facts.error ?? facts.timeout() };
    case 'waiting':
    case 'challenged':
      // While the app goes to a sign-in page, the person still waits for the same.
      return { node: to, waitingFor: facts.waitingFor ?? waitingFor(before) };
    default:
      return { node: to };
  }
}

export const waitingFor = (state: SessionState): WaitingFor | undefined =>
  'waitingFor' in state ? state.waitingFor : undefined;

export const reasonOf = (state: SessionState): EndReason | undefined => ('reason' in state ? state.reason : undefined);

export const errorOf = (state: SessionState): JitsiMeetingError | undefined =>
  'error' in state ? state.error : undefined;

/** Reasons that mean a loss: neither the person nor a moderator ended the meeting. */
const losses = new Set<EndReason>(['connection-lost', 'token', 'page-hidden']);

export const wasLost = (state: SessionState): boolean => state.node === 'ended' && losses.has(state.reason);
