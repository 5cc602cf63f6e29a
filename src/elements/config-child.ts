import { JitsiMeetingError } from '../errors.js';
import { isObject } from '../plain.js';
import type { MeetingOptions } from '../session/options.js';

export type ConfigChild = Pick<MeetingOptions, 'configOverwrite' | 'interfaceConfigOverwrite' | 'problem'>;

const expected = 'Expected {"configOverwrite": {...}, "interfaceConfigOverwrite": {...}}, both optional.';

/** Reads the child `<script type="application/json">`, for pages without a build step. */
export function readConfigChild(element: Element): ConfigChild {
  const script = element.querySelector(':scope > script[type="application/json"]');
  if (!script) return {};
  try {
    const value: unknown = JSON.parse(script.textContent ?? '');
    if (isObject(value)) {
      const { configOverwrite, interfaceConfigOverwrite, ...rest } = value;
      const wrong = Object.entries({ configOverwrite, interfaceConfigOverwrite }).find(
        ([, part]) => part !== undefined && !isObject(part),
      );
      const unknown = Object.keys(rest)[0];
      if (!wrong && unknown === undefined) return { configOverwrite, interfaceConfigOverwrite } as ConfigChild;
      return {
        problem: invalid(
          wrong ? `has a ${wrong[0]} that is no object` : `has the unknown key ${JSON.stringify(unknown)}`,
        ),
      };
    }
    return { problem: invalid('is no JSON object') };
  } catch (cause) {
    return { problem: invalid('does not parse as JSON', cause) };
  }
}

function invalid(what: string, cause?: unknown): JitsiMeetingError {
  const options = { hint: cause instanceof Error ? `${expected} The parser says: ${cause.message}` : expected };
  return new JitsiMeetingError(
    'config-invalid',
    `The child <script type="application/json"> of <jitsi-meeting> ${what}.`,
    options,
  );
}
