import { appLanguage } from '../jitsi/app-language.js';
import { page } from '../jitsi/page.js';
import { JitsiMeetingError } from '../errors.js';
import type { MeetingOptions } from '../session/options.js';
import { readConfigChild, type ConfigChild } from './config-child.js';
import { langAround } from './language.js';
import { meetingOptions } from './meeting-options.js';
import type { MeetingProperties } from './properties.js';
import { sentenceFor } from './sentence.js';
import { wrongSignInUrl, wrongSupportUrl } from './wrong-addresses.js';
import { wrongWordOf } from './wrong-word.js';

/** What the page says about a meeting: the element's properties, its child with JSON, and any mistake in them. */
export class PageOptions {
  #child: ConfigChild = {};
  #problem: JitsiMeetingError | undefined;

  constructor(private readonly element: HTMLElement & MeetingProperties) {}

  /** Called before a join. A change in a running meeting counts from the next join on, and so does a mistake. */
  readMarkup(): void {
    const { element } = this;
    this.#child = readConfigChild(element);
    this.#problem =
      wrongWordOf(element) ??
      wrongDocument(element) ??
      wrongSignInUrl(element.signInUrl, page.baseURI) ??
      wrongSupportUrl(element.supportUrl, page.baseURI);
  }

  build(): MeetingOptions {
    return meetingOptions(this.element, {
      ...this.#child,
      ...(this.#problem && { problem: this.#problem }),
      lang: appLanguage(langAround(this.element) ?? ''),
      frameTitle: sentenceFor(this.element, 'frame-title'),
    });
  }
}

const wrongDocument = ({ ownerDocument }: Node): JitsiMeetingError | undefined =>
  ownerDocument === document
    ? undefined
    : new JitsiMeetingError('config-invalid', '<jitsi-meeting> was put into the document of another window.', {
        hint: 'Load this package in that document, and make the element there.',
      });
