import { JitsiMeetingError } from '../errors.js';

/** The part of the browser's Trusted Types that is used here; TypeScript's DOM library has no types for it. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): unknown };
}

/** The name that a page puts into its directive `trusted-types`. */
export const policyName = 'jitsi-meeting-element';

type Trust = (address: string) => unknown;

/** Where later copies of this package find the first one's policy: by default, browsers allow each name only once. */
const shared = Symbol.for('jitsi-meeting-element.trusted-types');

/**
 * The address in the form that a page with `require-trusted-types-for 'script'` demands; on other pages as it is.
 * @throws JitsiMeetingError page-policy, when the page's directive `trusted-types` leaves out the policy of this
 * package
 */
export function trustedScriptAddress(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return address;
  const holder = globalThis as { [shared]?: Trust };
  if (!holder[shared]) {
    const trust = makePolicy(trustedTypes);
    // A page can't enumerate it, change it or remove it.
    Object.defineProperty(holder, shared, { value: trust });
  }
  // It is a TrustedScriptURL; TypeScript takes it for a text.
  return holder[shared]!(address) as string;
}

function makePolicy(trustedTypes: TrustedTypes): Trust {
  /** The address that is being loaded. This policy trusts no other. */
  let asked: string | undefined;
  const createScriptURL = (address: string): string => {
    if (address !== asked) throw new TypeError(`The policy ${policyName} is for Jitsi's script only.`);
    return address;
  };
  let policy: ReturnType<TrustedTypes['createPolicy']>;
  try {
    policy = trustedTypes.createPolicy(policyName, { createScriptURL });
  } catch (cause) {
    throw new JitsiMeetingError(
      'page-policy',
      `This page's Content-Security-Policy does not allow the Trusted Types policy ${policyName}.`,
      { hint: `Add it to the page's directive trusted-types: trusted-types lit-html ${policyName}.`, cause },
    );
  }
  return (address) => {
    asked = address;
    try {
      return policy.createScriptURL(address);
    } finally {
      asked = undefined;
    }
  };
}
