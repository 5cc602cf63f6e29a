// The tags in Svelte's templates.
import type { JitsiMeetingElement, TokenStatusElement } from '../index.js';
import type { MeetingHandlers, MeetingTag, TokenStatusTag } from '../jsx/tags.js';
/** @ts-ignore: not installed */
import type * as Svelte from 'svelte/elements';

type Handlers = MeetingHandlers<'on'> & MeetingHandlers<'on:'>;

interface SvelteTags {
  'jitsi-meeting': Svelte.HTMLAttributes<JitsiMeetingElement> & MeetingTag & Handlers;
  'jitsi-token-status': Svelte.HTMLAttributes<TokenStatusElement> & TokenStatusTag;
}

/** @ts-ignore: not installed */
declare module 'svelte/elements' {
  interface SvelteHTMLElements extends SvelteTags {}
}
