import { JitsiMeetingError } from '../errors.js';
import type { JitsiEventName } from './events.js';
import { guard, type GuardTools } from './harden-api.js';
import type { JitsiMeetExternalAPI, JitsiMeetExternalAPIConstructor } from './methods.js';
import type { ExternalApiOptions } from './options.js';

/** One API instance with its iframe, from construction to disposal. */
export interface OpenFrame {
  readonly api: JitsiMeetExternalAPI;
  /** False once the browser has unloaded the iframe's page, as it does when the iframe is moved. */
  readonly alive: boolean;
  dispose(): void;
}

export interface FrameListener {
  event(name: JitsiEventName, payload: unknown): void;
  /** The iframe has loaded a page: the app's, an error page, or another. */
  loaded(): void;
  /** The page disposed of the API object by itself. */
  gone(): void;
}

/** By script: the number that its next frame gets, as far as the frames made here show. */
const nextNumbers = new WeakMap<JitsiMeetExternalAPIConstructor, number>();

/**
 * A sign-in inside the frame leads to an address that has to repeat the number (`jitsi_meet_external_api_id`), or the
 * app there can't be heard. Jitsi passes `config.*` of any name to its `tokenAuthUrl`, and the number with it. Where it
 * is missing, `createTokenAuthRedirect` takes 0.
 */
function numbered(Api: JitsiMeetExternalAPIConstructor, options: ExternalApiOptions): ExternalApiOptions {
  const jitsiMeetExternalApiId = nextNumbers.get(Api) ?? 0;
  if (jitsiMeetExternalApiId === 0) return options;
  const configOverwrite = { jitsiMeetExternalApiId, ...options.configOverwrite };
  return { ...options, configOverwrite };
}

function noteNumber(Api: JitsiMeetExternalAPIConstructor, api: JitsiMeetExternalAPI): void {
  const number = /^jitsiConferenceFrame(\d+)$/.exec(api.getIFrame()?.id ?? '')?.[1];
  if (number !== undefined) nextNumbers.set(Api, Number(number) + 1);
}

/**
 * Makes the iframe and listens to all its events. After `dispose` none of them is passed on.
 * @throws JitsiMeetingError script-invalid, when the constructor throws, or makes something else than Jitsi's API;
 *   config-invalid, when the frame's address is longer than browsers open
 */
export function openFrame(
  Api: JitsiMeetExternalAPIConstructor,
  domain: string,
  { title, ...options }: ExternalApiOptions & { title?: string | undefined },
  listener: FrameListener,
  tools: GuardTools = {},
): OpenFrame {
  const { parentNode } = options;
  const before = new Set(parentNode?.childNodes);
  const endLimit = parentNode && limitReferrer(parentNode);
  let frame: OpenFrame;
  try {
    const api = new Api(domain, numbered(Api, options));
    noteNumber(Api, api);
    frame = listenTo(api, title, listener, tools);
  } catch (cause) {
    // The constructor may have made its iframe before it threw.
    for (const node of Array.from(parentNode?.childNodes ?? [])) if (!before.has(node)) node.remove();
    const quoted = /https:\S*/.exec(cause instanceof Error ? cause.message : '')?.[0].length ?? 0;
    if (quoted > LONGEST_IN_FIREFOX) throw tooLong(quoted, LONGEST_IN_FIREFOX);
    throw new JitsiMeetingError('script-invalid', `The external_api.js of ${domain} could not make its iframe.`, {
      hint: "See cause. Options such as configOverwrite must be plain data, and the script Jitsi's own.",
      cause,
    });
  } finally {
    endLimit?.();
  }
  const { length } = frame.api.getIFrame()?.src ?? '';
  if (length <= LONGEST_ADDRESS) return frame;
  frame.dispose();
  throw tooLong(length, LONGEST_ADDRESS);
}

/** Chromium's limit. It does not open a longer address, and reports nothing. */
const LONGEST_ADDRESS = 2_097_152;

/** Firefox throws at a longer one. Its error quotes all of it, token included, so it is not passed on. */
const LONGEST_IN_FIREFOX = 1_048_576;

const tooLong = (length: number, limit: number): JitsiMeetingError =>
  new JitsiMeetingError('config-invalid', `The address of the frame would have ${length} characters.`, {
    hint: `This browser opens at most ${limit}. Jitsi's script writes configOverwrite and the other options into it, and what the page's localStorage holds as jitsiLocalStorage: make these smaller.`,
  });

/**
 * A page may send its whole address, which may hold secrets, with every request (`Referrer-Policy: unsafe-url`). The
 * iframe's own policy has to be set before Jitsi's script appends it, or it doesn't count for the first request.
 */
function limitReferrer(parent: Element): () => void {
  Object.defineProperty(parent, 'appendChild', {
    configurable: true,
    value: <Child extends Node>(child: Child): Child => {
      if (child.nodeName === 'IFRAME')
        (child as Node as HTMLIFrameElement).referrerPolicy = 'strict-origin-when-cross-origin';
      return Node.prototype.appendChild.call(parent, child) as Child;
    },
  });
  return () => Reflect.deleteProperty(parent, 'appendChild');
}

function listenTo(
  api: JitsiMeetExternalAPI,
  title: string | undefined,
  listener: FrameListener,
  tools: GuardTools,
): OpenFrame {
  let open = true;
  const content = api.getIFrame()?.contentWindow;
  const event = (name: string, payload: unknown): void => {
    // What the script tells itself is not for others.
    if (open && name !== '_willDispose') listener.event(name as JitsiEventName, payload);
  };
  const disposed = (): void => {
    if (!open) return;
    open = false;
    listener.gone();
  };
  guard(api, { event, disposed }, tools);
  const iframe = api.getIFrame();
  iframe?.addEventListener?.('load', () => open && listener.loaded());
  // The script's iframe has no name for screen readers.
  if (title) iframe?.setAttribute('title', title);
  return {
    api,
    get alive() {
      return open && api.getIFrame()?.contentWindow === content;
    },
    dispose() {
      if (!open) return;
      open = false;
      api.dispose();
    },
  };
}
