import type { MessageKey } from '../../locale/en.js';
import type { Icon } from './icons.js';

/** Red is for what is broken: a step that a person has to take is neutral, what will pass waits. */
export type Tone = 'neutral' | 'wait' | 'notice' | 'error';

/** A button, or a link where there is an address. The first of a screen that isn't quiet is its main one. */
export interface Action {
  key: MessageKey;
  press?: () => void;
  href?: string | undefined;
  target?: '_top' | '_blank';
  quiet?: boolean;
}

/** What every screen has, whatever draws it. */
export interface Screen {
  panel: 'placeholder' | 'loading' | 'ended' | 'error';
  tone: Tone;
  /** None: the spinner. */
  icon?: Icon;
  /** Empty: nothing is known to say yet. */
  title: string;
  text?: string | undefined;
  actions: readonly Action[];
}
