// The tags in Vue's templates.
import type { JitsiMeetingElement, MeetingAttributes, MeetingEventMap, TokenStatusElement } from '../index.js';
import type { MeetingTag, PascalCase, TokenStatusTag } from '../jsx/tags.js';
/** @ts-ignore: not installed */
import type * as Vue from 'vue';

/** Vue's compiler asks for `onMeetingStateChange` where a template has `@meeting-state-change`. */
type VueHandlers = {
  [Name in keyof MeetingEventMap & string as `on${PascalCase<Name>}`]?:
    ((event: MeetingEventMap[Name]) => void) | undefined;
};

/** Vue's compiler writes this attribute in camel case, like all; what it sets keeps the hyphen. */
interface VueAttributes {
  deferHydration?: MeetingAttributes['defer-hydration'];
}

/** What a template writes and holds; a template's `ref` is the element. */
type VueTag<Element, Props> = new () => Element & {
  $props: Vue.HTMLAttributes & Vue.ReservedProps & Props;
  $slots: { default?: () => unknown };
};

interface VueTags {
  'jitsi-meeting': VueTag<JitsiMeetingElement, MeetingTag & VueAttributes & VueHandlers>;
  'jitsi-token-status': VueTag<TokenStatusElement, TokenStatusTag>;
}

/** @ts-ignore: not installed */
declare module 'vue' {
  interface GlobalComponents extends VueTags {}
  interface HTMLAttributes {
    /** Every element has it; Vue's own types leave it out. */
    slot?: string | undefined;
  }
}
