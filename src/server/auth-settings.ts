/**
 * Which settings come along from `state` into the meeting's address. The sender of a link chooses the state, and the
 * person who follows the link is signed in: so nothing passes by itself that shows or tells more of that person, takes
 * something from their hands, or loads something from elsewhere.
 */

/** Further settings that pass: their names, as `config.toolbarButtons`, or a function that answers `true` for each. */
export type PassedSettings = readonly string[] | ((name: string, value: unknown) => boolean);

interface Rule {
  readonly passes: (value: unknown, state: Readonly<Record<string, unknown>>) => boolean;
  /** As the documentation says it. */
  readonly values: string;
  readonly why: string;
}

const onlyTrue = { passes: (value: unknown) => value === true, values: '`true`' };

/** By name; docs/guides/recipes.md shows it. */
export const passingSettings: Readonly<Record<string, Rule>> = {
  'config.startWithAudioMuted': { ...onlyTrue, why: 'The person starts muted, and unmutes by hand.' },
  'config.startWithVideoMuted': { ...onlyTrue, why: 'The person starts without a picture, and turns it on by hand.' },
  'config.startAudioOnly': { ...onlyTrue, why: 'No picture is sent or shown (older releases of Jitsi).' },
  'config.startLowBandwidthMode': { ...onlyTrue, why: 'No picture is sent or shown.' },
  'config.startSilent': { ...onlyTrue, why: 'No sound is sent or heard.' },
  'config.prejoinConfig.enabled': {
    passes: (value, state) =>
      value === true ||
      (value === false && state['config.startWithAudioMuted'] === true && state['config.startWithVideoMuted'] === true),
    values: '`true`; `false` only if sound and picture both start muted',
    why: 'Nobody is seen or heard in a room before they chose to be.',
  },
  'config.subject': {
    passes: (value) => typeof value === 'string' && value.length <= 200 && !hiddenCharacters.test(value),
    values: 'text of up to 200 characters',
    why: 'A title. It is shown as text.',
  },
  'config.defaultLanguage': {
    passes: (value) => typeof value === 'string' && /^[a-z]{2,3}(-?[a-z0-9]{2,8})*$/i.test(value) && value.length <= 20,
    values: 'a language such as `de` or `pt-BR`',
    why: 'The language of the buttons.',
  },
  'config.disableDeepLinking': { ...onlyTrue, why: 'The meeting element sets it: no page that offers the phone app.' },
  'config.deeplinking.disabled': { ...onlyTrue, why: 'The same, in newer releases of Jitsi.' },
  'config.apiLogLevels': {
    passes: (value) => Array.isArray(value) && value.length === 1 && value[0] === 'error',
    values: '`["error"]`',
    why: 'The meeting element sets it, to notice a connection that is lost.',
  },
};

// eslint-disable-next-line no-control-regex -- they are what is looked for
const hiddenCharacters = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Of JSON, in characters. */
const longestValue = 1000;

const nameOfSetting = /^(?:config|interfaceConfig|iceServers)(?:\.[\w-]{1,100}){1,10}$/;
const namesOfPrototypes = ['__proto__', 'constructor', 'prototype'];

/** The settings of a state that may pass, by name. */
export function settingsOf(
  state: Readonly<Record<string, unknown>>,
  passed: PassedSettings = [],
): ReadonlyMap<string, unknown> {
  const alsoPasses = typeof passed === 'function' ? passed : (name: string) => passed.includes(name);
  const settings = new Map<string, unknown>();
  for (const [name, value] of Object.entries(state)) {
    if (!isSettingName(name) || !isPlain(value)) continue;
    const rule = Object.hasOwn(passingSettings, name) ? passingSettings[name] : undefined;
    if (rule?.passes(value, state) || alsoPasses(name, value) === true) settings.set(name, value);
  }
  return settings;
}

/** As Jitsi reads it back from a fragment: JSON values, percent-encoded (`parseURLParams`). */
export function settingsHash(settings: ReadonlyMap<string, unknown>): string {
  return [...settings].map(([name, value]) => `${name}=${encodeURIComponent(jsonOf(value))}`).join('&');
}

/** Jitsi makes straight quotes of curly ones before it reads the JSON, so they go in escaped. */
function jsonOf(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[\u2018\u2019\u201c\u201d]/g, escaped);
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16)}`;

/** Whether it can be a setting in an address, and nothing besides. */
export function isSettingName(name: unknown): boolean {
  return (
    typeof name === 'string' &&
    nameOfSetting.test(name) &&
    !name.split('.').some((part) => namesOfPrototypes.includes(part))
  );
}

function isPlain(value: unknown): boolean {
  const json = JSON.stringify(value);
  return json.length <= longestValue && !namesOfPrototypes.some((name) => json.includes(`"${name}":`));
}
