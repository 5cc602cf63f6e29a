import { jitsiEventNames, meetingEventNames, type JitsiMeetingElement } from '../src/index.js';

/** Who an event is from: the app in the frame, the element, or the element about its token. */
export type Source = 'Jitsi' | 'element' | 'token';

export interface Entry {
  at: Date;
  /** Which of the page's meetings. */
  meeting: string;
  source: Source;
  name: string;
  /** As JSON; errors by their code, message and hint. */
  detail: string;
  /** With `meeting-state-change`: the new state. */
  state?: string;
}

const longest = 400;

const sourceOf = (name: string): Source =>
  name.startsWith('token-') ? 'token' : (meetingEventNames as readonly string[]).includes(name) ? 'element' : 'Jitsi';

/** What the meetings on this page have told it, the newest first. */
export class EventLog extends EventTarget {
  entries: readonly Entry[] = [];

  watch(meeting: JitsiMeetingElement, title: string): void {
    for (const name of [...meetingEventNames, ...jitsiEventNames])
      meeting.addEventListener(name, (event) => {
        // The element's own events bubble, from the other meeting too.
        if (event.target !== meeting) return;
        const { detail } = event as CustomEvent<{ state?: string }>;
        const isState = name === 'meeting-state-change';
        const entry: Entry = { at: new Date(), meeting: title, source: sourceOf(name), name, detail: jsonOf(detail) };
        this.entries = [{ ...entry, ...(isState && { state: detail.state! }) }, ...this.entries].slice(0, longest);
        this.dispatchEvent(new Event('change'));
      });
  }

  clear(): void {
    this.entries = [];
    this.dispatchEvent(new Event('change'));
  }
}

function jsonOf(detail: unknown): string {
  const text = JSON.stringify(detail, (_key, value: unknown) => {
    if (!(value instanceof Error)) return value;
    const { code, message, hint } = value as Error & { code?: string; hint?: string };
    return { code, message, hint };
  });
  return text ?? '';
}
