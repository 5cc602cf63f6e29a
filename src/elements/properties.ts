import type { PropertyDeclarations } from 'lit';
import type {
  ConfigOverwrite,
  DeviceSettings,
  IceServers,
  InterfaceConfigOverwrite,
  Invitee,
  UserInfo,
} from '../jitsi/options.js';
import type { Messages } from '../locale/en.js';
import type { Deployment } from '../preflight/types.js';
import type { RetryPolicy } from '../token/retry.js';
import type { TokenProvider } from '../token/types.js';
import { tokenCredentials, tokenMethods } from '../token/words.js';

/**
 * The moment from which a change counts:
 * - `target`: at once; another meeting ends this one and starts the next.
 * - `live`: at once, in the running meeting.
 * - `screen`: at once, in what the element itself shows.
 * - `request`: from the next request for a token on.
 * - `join`: from the next join on.
 * - `start`: at once, while no meeting has begun.
 */
export type When = 'target' | 'live' | 'screen' | 'request' | 'join' | 'start';

interface Definition<Value, Time extends When = When, IsAttribute extends boolean = boolean> {
  when: Time;
  /** Whether it is an attribute as well: `tokenUrl` is `token-url`. */
  isAttribute: IsAttribute;
  /** The value without the attribute. */
  initial: Value;
  /** A boolean attribute as in HTML: the property is `true` while the attribute is there. */
  isFlag?: boolean;
  /** The words that it takes, the default first. */
  words?: readonly string[];
}

/** A flag that sets a key of Jitsi's config. It needs no code besides its line in the table. */
interface ConfigFlag extends Definition<boolean, 'join', true> {
  config: keyof ConfigOverwrite;
}

const required = <Time extends When>(when: Time): Definition<string, Time, true> => ({
  when,
  isAttribute: true,
  initial: '',
});
const text = <Time extends When>(when: Time): Definition<string | undefined, Time, true> => ({
  when,
  isAttribute: true,
  initial: undefined,
});
const flag = <Time extends When>(when: Time): Definition<boolean, Time, true> => ({
  when,
  isAttribute: true,
  initial: false,
  isFlag: true,
});
const configFlag = (config: keyof ConfigOverwrite): ConfigFlag => ({ ...flag('join'), config });
const word = <Time extends When, Word extends string>(
  when: Time,
  words: readonly [Word, ...Word[]],
): Definition<Word, Time, true> => ({ when, isAttribute: true, initial: words[0], words });
/** A property without an attribute: attributes hold only text, and would show a secret. */
const value = <Value>() => ({
  by: <Time extends When>(when: Time): Definition<Value | undefined, Time, false> => ({
    when,
    isAttribute: false,
    initial: undefined,
  }),
});

/**
 * Every property that a page sets on `<jitsi-meeting>`: the one list from which Lit's properties, the options of the
 * session, React's props, the manifest and the checks of README follow. `lang` isn't among them: every element has it.
 */
export const properties = {
  /** Host of the deployment, or host:port. Required. */
  domain: required('target'),
  /** Name of the room. Required. */
  room: required('target'),
  /** Tenant, where the deployment has several: the first path segment of the meeting's address. */
  tenant: text('target'),
  /** Address of the token endpoint; its contract is in docs/reference/token-endpoint.md. */
  tokenUrl: text('request'),
  /**
   * HTTP method of the token request.
   * - `post`: with domain, room and tenant as JSON.
   * - `get`: with domain, room and tenant in the address.
   */
  tokenMethod: word('request', tokenMethods),
  /**
   * Whether cookies go with the token request.
   * - `same-origin`: to an endpoint of the page's own origin.
   * - `include`: to every endpoint; one of another origin must allow it by CORS.
   * - `omit`: never.
   */
  tokenCredentials: word('request', tokenCredentials),
  /** Where a visitor signs in when the endpoint answers 401 and names no address itself. */
  signInUrl: text('screen'),
  /** Where a visitor finds help when something failed: https, mailto, or an address of this origin. */
  supportUrl: text('screen'),
  /** Name of the visitor; the name in a token is stronger. */
  displayName: text('live'),
  /** E-mail address of the visitor; the one in a token is stronger. */
  email: text('live'),
  /** Shown as the name of the meeting. */
  subject: text('live'),
  /** Whether the visitor joins with the microphone off. */
  startAudioMuted: configFlag('startWithAudioMuted'),
  /** Whether the visitor joins with the camera off. */
  startVideoMuted: configFlag('startWithVideoMuted'),
  /**
   * When the meeting starts.
   * - `eager`: at once.
   * - `lazy`: when the element is scrolled into view.
   * - `click`: at a click on the placeholder.
   * - `manual`: when the page calls `join()`.
   */
  loading: word('start', ['eager', 'lazy', 'click', 'manual']),
  /**
   * What is fetched ahead of a meeting that waits.
   * - `script`: with `loading="click"` Jitsi's script, once pointer or keyboard come near the element.
   * - `app`: that, and with `click`, `lazy` and `manual` the whole app, 2.3 MB in a hidden frame, once the page is idle.
   * - `none`: nothing.
   */
  warmUp: word('start', ['script', 'app', 'none']),
  /**
   * What happens after a lost connection.
   * - `manual`: the element offers a button.
   * - `auto`: the element joins again, at most 3 times in 5 minutes.
   */
  rejoin: word('join', ['manual', 'auto']),
  /** Leaves out the bar with role and expiry. */
  hideStatus: flag('screen'),
  /** Address of `external_api.js`, where it isn't `https://DOMAIN/external_api.js`. */
  apiSrc: text('join'),
  /** Subresource integrity of that script; its server must then answer with CORS headers. */
  apiIntegrity: text('join'),
  /** Release of the app, where the deployment offers several. */
  release: text('join'),
  /** `sandbox` of the iframe. */
  sandbox: text('join'),

  /** A token that the page has. The attributes `jwt` and `token` are the same, read once and taken off the element. */
  token: value<string>().by('request'),
  /** Gets tokens by code of the page. Goes before `tokenUrl`, which goes before `token`. */
  tokenProvider: value<TokenProvider>().by('request'),
  /** When and how often a token request is tried again; what is left out is as in `defaultRetryPolicy`. */
  retryPolicy: value<Partial<RetryPolicy>>().by('request'),
  /** Settings over the deployment's `config.js`. */
  configOverwrite: value<ConfigOverwrite>().by('join'),
  /** Settings over the deployment's `interface_config.js`. */
  interfaceConfigOverwrite: value<InterfaceConfigOverwrite>().by('join'),
  /** The visitor's name and e-mail address; `displayName` and `email` fill what it lacks. */
  userInfo: value<UserInfo>().by('join'),
  /** Labels of the devices to begin with. */
  devices: value<DeviceSettings>().by('join'),
  /** Whom to invite, by the services that the deployment has. */
  invitees: value<Invitee[]>().by('join'),
  /** Changes entries of the ICE servers that the deployment hands out. */
  iceServers: value<IceServers>().by('join'),
  /** Key for end-to-end encryption, in hexadecimal digits. */
  e2eeKey: value<string>().by('join'),
  /** Password of a locked room. */
  password: value<string>().by('live'),
  /** Settings of the server, without secrets: with them the element is sure where it could only guess. */
  deployment: value<Deployment>().by('join'),
  /** Replaces sentences that a visitor reads, by key. */
  messages: value<Partial<Messages>>().by('screen'),
  /** How long the app in the frame may take to be ready, ms. */
  frameTimeout: value<number>().by('join'),
};

type Table = typeof properties;
type ValueOf<One> = One extends Definition<infer Value> ? Value : never;

/** The properties with the types of their values; those without a default may be `undefined`. */
export type MeetingProperties = {
  [Name in keyof Table as undefined extends ValueOf<Table[Name]> ? never : Name]: ValueOf<Table[Name]>;
} & {
  [Name in keyof Table as undefined extends ValueOf<Table[Name]> ? Name : never]?: ValueOf<Table[Name]>;
};

export type PropertyName = keyof Table;

type KebabCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${KebabCase<Rest>}`
  : Name;

type Attributes = Pick<
  MeetingProperties,
  { [Name in PropertyName]: Table[Name] extends Definition<unknown, When, true> ? Name : never }[PropertyName]
>;

/** The attributes by their own names (`token-url`), with the values that a template gives them. */
export type MeetingAttributes = {
  [Name in keyof Attributes as KebabCase<Name>]?: Attributes[Name] | undefined;
} & {
  /** A token that the page has. It is read once and taken off the element. */
  jwt?: string | undefined;
  /** The element waits until it is taken off; in a template `null` takes it off. */
  'defer-hydration'?: '' | true | null | undefined;
};

/** When the meeting starts. */
export type Loading = MeetingProperties['loading'];
/** What is fetched ahead of a meeting that waits. */
export type WarmUp = MeetingProperties['warmUp'];
/** What happens after a lost connection. */
export type Rejoin = MeetingProperties['rejoin'];

/** The properties that reach the session under the same name. */
export type SessionPropertyName = {
  [Name in keyof Table]: Table[Name] extends ConfigFlag
    ? never
    : Table[Name] extends Definition<unknown, 'target' | 'live' | 'join'>
      ? Name
      : never;
}[keyof Table];

type AnyDefinition = Definition<unknown> & Partial<Pick<ConfigFlag, 'config'>>;

/** The lines of the table. */
export const definitions = Object.entries(properties) as [PropertyName, AnyDefinition][];

/** Names of all properties that a page can set on `<jitsi-meeting>`. */
export const propertyNames = definitions.map(([name]) => name);

/** `tokenUrl` -> `token-url`; `undefined` where there is no attribute. */
export function attributeOf(name: PropertyName): string | undefined {
  return properties[name].isAttribute ? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) : undefined;
}

/** Takes a word in upper or lower case, as HTML does; without the attribute the default counts. */
const wordConverter = { fromAttribute: (given: string | null) => given?.trim().toLowerCase() };

/** Lit's `static properties`. */
export const litProperties: PropertyDeclarations = Object.fromEntries(
  definitions.map(([name, { isFlag, words }]) => [
    name,
    {
      attribute: attributeOf(name) ?? false,
      ...(isFlag && { type: Boolean }),
      ...(words && { converter: wordConverter }),
    },
  ]),
);

export const initialValues = Object.fromEntries(
  definitions.flatMap(([name, { initial }]) => (initial === undefined ? [] : [[name, initial]])),
);

/** Also true for an unknown word: the join then reports it. */
export const startsAtOnce = (loading: Loading): boolean => !['lazy', 'click', 'manual'].includes(loading);
