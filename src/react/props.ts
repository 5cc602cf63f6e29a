import type { HTMLAttributes } from 'react';
import {
  jitsiEventNames,
  meetingEventNames,
  propertyNames,
  type JitsiMeetingElement,
  type MeetingEventMap,
  type MeetingProperties,
} from '../index.js';
import type { PascalCase } from '../jsx/tags.js';

/** `onMeetingStateChange`, `onVideoConferenceJoined`, ...: one for every event of the element, its own and Jitsi's. */
export type JitsiMeetingHandlers = {
  [Name in keyof MeetingEventMap & string as `on${PascalCase<Name>}`]?:
    ((event: MeetingEventMap[Name]) => void) | undefined;
};

/** The element's properties by their own names; `domain` and `room` are required. */
export type JitsiMeetingProperties = Pick<MeetingProperties, 'domain' | 'room'> & {
  [Name in keyof MeetingProperties]?: MeetingProperties[Name] | undefined;
};

type OwnProps = JitsiMeetingProperties & JitsiMeetingHandlers;

/** The above, and what every HTML element takes: `className`, `style`, `id`, `lang`, children with `slot`, ... */
export type JitsiMeetingProps = OwnProps & Omit<HTMLAttributes<JitsiMeetingElement>, keyof OwnProps>;

const properties: ReadonlySet<string> = new Set<string>(propertyNames);

const events: ReadonlyMap<string, string> = new Map(
  [...meetingEventNames, ...jitsiEventNames].map((name) => [
    `on-${name}`.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    name,
  ]),
);

export type Values = Record<string, unknown>;

/** Sorts props into properties of the element, listeners, and what React sets by itself. */
export function sortProps(props: object): { own: Values; listeners: [string, EventListener][]; others: Values } {
  const [own, others]: [Values, Values] = [{}, {}];
  const listeners: [string, EventListener][] = [];
  for (const [key, value] of Object.entries(props)) {
    const event = events.get(key);
    if (event === undefined) (properties.has(key) ? own : others)[key] = value;
    else if (value) listeners.push([event, value as EventListener]);
  }
  return { own, listeners, others };
}
