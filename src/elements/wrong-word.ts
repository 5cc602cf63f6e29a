import type { JitsiMeetingError } from '../errors.js';
import { wrongKeyword } from '../keyword.js';
import { attributeOf, definitions, type MeetingProperties } from './properties.js';

/** The error for the first word that isn't one of its property's. */
export function wrongWordOf(values: MeetingProperties): JitsiMeetingError | undefined {
  for (const [name, { words }] of definitions) {
    const wrong = words && wrongKeyword(attributeOf(name)!, values[name] as string | undefined, words);
    if (wrong) return wrong;
  }
  return undefined;
}
