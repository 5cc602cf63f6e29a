import { appLanguage } from '../jitsi/app-language.js';
import { page } from '../jitsi/page.js';
import type { JitsiMeetingError } from '../errors.js';
import type { MessageKey } from '../locale/en.js';
import type { MeetingOptions } from '../session/options.js';
import { readConfigChild, type ConfigChild } from './config-child.js';
import { langAround } from './language.js';
import { meetingOptions } from './meeting-options.js';
import { wrongWordOf, type MeetingProperties } from './properties.js';
import { wrongDocument } from './not-here.js';
import { wrongSignInUrl } from './sign-in.js';
import { wrongSupportUrl } from './support-url.js';

/** What the page says about a meeting: the element's properties, its child with JSON, and any mistake in them. */
export class PageOptions {
  #child: ConfigChild = {};
  #problem: JitsiMeetingError | undefined;

  constructor(
    private readonly element: HTMLElement & MeetingProperties,
    private readonly say: (key: MessageKey) => string,
  ) {}

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
      frameTitle: this.say('frame-title'),
    });
  }
}
