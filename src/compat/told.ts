import type { JitsiMeetingElement, MeetingEvents } from '../index.js';
import type { IJitsiMeetExternalApi } from './types.js';

export interface Callbacks {
  /** Jitsi's API object is there. */
  apiReady(api: IJitsiMeetExternalApi): void;
  /** The meeting is over. */
  readyToClose(): void;
}

/** Ends that a visitor or the server brought about. A meeting that can be joined again, or that the page left, isn't ready to close. */
const overForGood: readonly unknown[] = ['left', 'kicked', 'conference-ended'];

/** Calls what the SDKs call, for an event of the element. A rejoin brings a new API object, which is told as well. */
export class Teller {
  #told: unknown;

  hear(event: Event, callbacks: Callbacks): void {
    const { api } = event.currentTarget as JitsiMeetingElement;
    if (api && api !== this.#told) {
      this.#told = api;
      callbacks.apiReady(api as IJitsiMeetExternalApi);
    }
    if (event.type !== 'meeting-state-change') return;
    const { state, reason } = (event as CustomEvent<MeetingEvents['meeting-state-change']>).detail;
    if (state === 'ended' && overForGood.includes(reason)) callbacks.readyToClose();
  }
}
