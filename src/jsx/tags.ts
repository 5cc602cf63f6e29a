// What a template may write on the tags, the same for every framework: all of it follows from the table of the
// properties and from the events.
import type { MeetingAttributes, MeetingEventMap, MeetingProperties, TokenStatusElement } from '../index.js';

type Optional<Values> = { [Name in keyof Values]?: Values[Name] | undefined };

/** `meeting-state-change` -> `MeetingStateChange`. */
export type PascalCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${PascalCase<Rest>}`
  : Capitalize<Name>;

/** Attributes (`token-url`) and properties (`tokenUrl`) of `<jitsi-meeting>`. */
export type MeetingTag = MeetingAttributes & Optional<MeetingProperties>;

/** Attributes and properties of `<jitsi-token-status>`. */
export type TokenStatusTag = Optional<Pick<TokenStatusElement, 'htmlFor' | 'token' | 'meeting' | 'messages'>> & {
  /** Id of a `<jitsi-meeting>` in the same root. */
  for?: string | undefined;
};

/** A handler for each event of `<jitsi-meeting>`, by the event's name after a prefix. */
export type MeetingHandlers<Prefix extends string> = {
  [Name in keyof MeetingEventMap & string as `${Prefix}${Name}`]?: ((event: MeetingEventMap[Name]) => void) | undefined;
};
