/** How Jitsi's script and page can be broken for a test or for the demo page's buttons. */
export interface Faults {
  /** `/external_api.js`: not there, never answers, throws while it runs, sets another global, fails once then works. */
  script: 'none' | '404' | 'hang' | 'throws' | 'wrong-global' | 'fail-once';
  /** The conference page: says nothing at all, or dies without a word right after joining. */
  frame: 'none' | 'never-ready' | 'dies-when-joined';
  /** `/static/dialInInfo.html` */
  warmUp: 'none' | '404' | 'hang';
}

const values: { [Part in keyof Faults]: readonly Faults[Part][] } = {
  script: ['none', '404', 'hang', 'throws', 'wrong-global', 'fail-once'],
  frame: ['none', 'never-ready', 'dies-when-joined'],
  warmUp: ['none', '404', 'hang'],
};

export const noFaults = (): Faults => ({ script: 'none', frame: 'none', warmUp: 'none' });

/** @throws {TypeError} that names the part with a value not listed above */
export function readFaults(input: unknown): Partial<Faults> {
  if (typeof input !== 'object' || input === null) throw new TypeError('Expected an object such as {"script": "404"}.');
  for (const [part, value] of Object.entries(input)) {
    const allowed: readonly string[] | undefined = values[part as keyof Faults];
    if (!allowed) throw new TypeError(`No fault "${part}"; there are ${Object.keys(values).join(', ')}.`);
    if (!allowed.includes(value)) throw new TypeError(`"${part}" is one of ${allowed.join(', ')}.`);
  }
  return input as Partial<Faults>;
}
