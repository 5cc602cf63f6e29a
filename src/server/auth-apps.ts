import { unknownName, type Vocabulary } from '../names.js';
import { kindOf, plainMembers } from '../kinds.js';
import { invalidRedirect } from './options-check.js';

/** The schemes of addresses that Jitsi's apps open. */
export interface AppSchemes {
  /** Android and iOS; default: org.jitsi.meet. */
  mobile?: string;
  /** Electron; default: jitsi-meet. */
  desktop?: string;
}

const defaults: Required<AppSchemes> = { mobile: 'org.jitsi.meet', desktop: 'jitsi-meet' };

const vocabulary: Vocabulary = {
  known: Object.keys(defaults),
  meant: { ios: 'write mobile', android: 'write mobile', electron: 'write desktop' },
};

/** What a browser or the system reads itself. With `javascript:` or `data:`, the meeting's address would become code. */
const takenSchemes = new Set(
  (
    'http https ws wss ftp javascript livescript mocha vbscript data blob file filesystem about jar feed resource chrome ' +
    'chrome-extension chrome-untrusted devtools edge moz-extension view-source mailto tel sms intent content android-app'
  ).split(' '),
);

const hint =
  "Write apps: true, or { mobile: 'org.jitsi.meet', desktop: 'jitsi-meet' }, in small letters and without a colon.";

/** The schemes to lead people back by, or null where they stay in the browser. Throws `config-invalid`. */
export function schemesOf(apps: boolean | AppSchemes | undefined): Required<AppSchemes> | null {
  if (apps === undefined || apps === false) return null;
  if (apps === true) return defaults;
  if (!plainMembers(apps)) throw invalidRedirect(`apps is ${kindOf(apps)}`, hint);
  const unknown = unknownName(Object.keys(apps), vocabulary);
  if (unknown) throw invalidRedirect(`in apps ${unknown}`, hint);
  const { mobile = defaults.mobile, desktop = defaults.desktop } = apps;
  for (const scheme of [mobile, desktop]) {
    const isOfApp = typeof scheme === 'string' && /^[a-z][a-z\d+.-]*$/.test(scheme) && !takenSchemes.has(scheme);
    if (!isOfApp) throw invalidRedirect(`apps has the scheme ${JSON.stringify(scheme)}; expected one of an app`, hint);
  }
  return { mobile, desktop };
}
