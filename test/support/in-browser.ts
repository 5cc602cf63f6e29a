import type { JitsiMeetingElement, MeetingStateName } from '../../src/index.js';

export interface Standin {
  origin: string;
  host: string;
  otherHost: string;
  /** A deployment of its own, where only the first one in a room moderates. */
  modestHost: string;
}

export const standin = (await (await fetch('/__standin.json')).json()) as Standin;

let rooms = 0;

/** A room that no other test uses. */
export const freshRoom = (): string => `room-${Date.now().toString(36)}-${rooms++}`;

/** A token endpoint of its own, counting how often it was asked. */
export function endpoint(fault = '', life = 3600) {
  const key = freshRoom();
  return {
    url: `${standin.origin}/api/token/${key}?fault=${fault}&life=${life}`,
    asked: async () => (await (await fetch(`${standin.origin}/api/token/asked/${key}`)).json()) as number,
  };
}

/** Does something to the stand-in; see demo/standin/controls.ts. */
export async function control(path: string, body: object = {}): Promise<void> {
  const response = await fetch(`${standin.origin}/_standin/${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

export async function occupants(room: string): Promise<number> {
  const all = (await (await fetch(`${standin.origin}/_standin/rooms`)).json()) as {
    room: string;
    occupants: unknown[];
  }[];
  return all.find((one) => one.room === room)?.occupants.length ?? 0;
}

export function makeMeeting(properties: Partial<JitsiMeetingElement> = {}): JitsiMeetingElement {
  const meeting = document.createElement('jitsi-meeting');
  return Object.assign(meeting, { domain: standin.host, room: freshRoom(), tokenUrl: endpoint().url, ...properties });
}

/** Resolves when the meeting is in the state, at once if it is. */
export function reached(meeting: JitsiMeetingElement, state: MeetingStateName): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (meeting.state === state) done(resolve);
      else if (meeting.state === 'failed') done(() => reject(meeting.error ?? new Error('failed')));
    };
    const done = (settle: () => void): void => {
      meeting.removeEventListener('meeting-state-change', look);
      settle();
    };
    meeting.addEventListener('meeting-state-change', look);
    look();
  });
}

export function once<T>(target: EventTarget, name: string): Promise<T> {
  return new Promise((resolve) => {
    target.addEventListener(name, (event) => resolve((event as CustomEvent<T>).detail), { once: true });
  });
}

/** Waits for something that no event tells, looking at every frame. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, ms = 5000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Waited ${ms} ms for: ${what}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** Does something with each, in order, so many at a time. */
export async function sideBySide<T>(
  all: Iterable<T>,
  atOnce: number,
  act: (one: T) => Promise<unknown>,
): Promise<void> {
  const queue = all[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); !next.done; next = queue.next()) await act(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** On the screen: its sentence, or its heading where that is all. */
const onScreen = (meeting: JitsiMeetingElement): Element | null | undefined =>
  meeting.shadowRoot?.querySelector('[part~="message"]') ?? meeting.shadowRoot?.querySelector('[part~="title"]');

/** What a visitor reads on the meeting now. */
export async function words(meeting: JitsiMeetingElement): Promise<string> {
  await meeting.updateComplete;
  return onScreen(meeting)?.textContent?.trim() ?? '';
}

/** The sentence that stands for the state now, on the screen or, while the meeting shows itself, for screen readers. */
export function sentence(meeting: JitsiMeetingElement): string {
  const said = onScreen(meeting) ?? meeting.shadowRoot?.querySelector('[role=status]');
  return said?.textContent?.trim() ?? '';
}

export function buttons(meeting: JitsiMeetingElement): string[] {
  return [...(meeting.shadowRoot?.querySelectorAll('[part~="button"]') ?? [])].map(
    (button) => button.textContent?.trim() ?? '',
  );
}

export function press(meeting: JitsiMeetingElement, name: string): void {
  const all = [...(meeting.shadowRoot?.querySelectorAll<HTMLElement>('[part~="button"]') ?? [])];
  const button = all.find((one) => one.textContent?.trim() === name);
  if (!button) throw new Error(`No button “${name}”, only ${all.map((one) => one.textContent?.trim()).join(', ')}.`);
  button.click();
}

export const frames = (meeting: JitsiMeetingElement): HTMLIFrameElement[] => [
  ...(meeting.shadowRoot?.querySelectorAll('iframe') ?? []),
];
