// The tags in JSX. One of the three frameworks is installed, so the others' names are not found: their lines say so to
// the compiler, in comments of the kind that stay in the declarations.
import type { JitsiMeetingElement, TokenStatusElement } from '../index.js';
import type { MeetingHandlers, MeetingTag, TokenStatusTag } from './tags.js';
/** @ts-ignore: not installed */
import type * as React from 'react';
/** @ts-ignore: not installed */
import type * as Preact from 'preact';
/** @ts-ignore: not installed */
import type * as Solid from 'solid-js';

export type { MeetingHandlers, MeetingTag, TokenStatusTag } from './tags.js';

type ReactTag<Element> = React.DetailedHTMLProps<React.HTMLAttributes<Element>, Element> & {
  class?: string | undefined;
};
type PreactTag<Element extends EventTarget> = Preact.JSX.HTMLAttributes<Element>;
type SolidTag<Element> = Solid.JSX.HTMLAttributes<Element>;

/** A property that Solid is told to set as one. */
type SolidProperties<Values> = { [Name in keyof Values & string as `prop:${Name}`]?: Values[Name] | undefined };

interface ReactTags {
  'jitsi-meeting': ReactTag<JitsiMeetingElement> & MeetingTag & MeetingHandlers<'on'>;
  'jitsi-token-status': ReactTag<TokenStatusElement> & TokenStatusTag;
}

interface PreactTags {
  'jitsi-meeting': PreactTag<JitsiMeetingElement> & MeetingTag & MeetingHandlers<'on'>;
  'jitsi-token-status': PreactTag<TokenStatusElement> & TokenStatusTag;
}

interface SolidTags {
  'jitsi-meeting': SolidTag<JitsiMeetingElement> & MeetingTag & SolidProperties<MeetingTag> & MeetingHandlers<'on:'>;
  'jitsi-token-status': SolidTag<TokenStatusElement> & TokenStatusTag & SolidProperties<TokenStatusTag>;
}

/** @ts-ignore: not installed */
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends ReactTags {}
  }
}

declare global {
  // Preact's own types are also this global namespace.
  namespace preact.JSX {
    interface IntrinsicElements extends PreactTags {}
  }
}

/** @ts-ignore: not installed */
declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends SolidTags {}
  }
}
