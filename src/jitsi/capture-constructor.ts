/**
 * Takes what Jitsi's script registers when it runs, and hides it from the page: the page's own global
 * `JitsiMeetExternalAPI` and its AMD loader stay as they are, whatever else is assigned meanwhile.
 */

import { page } from './page.js';

type Define = ((...args: unknown[]) => unknown) & { amd?: unknown };

declare global {
  interface Window {
    JitsiMeetExternalAPI?: unknown;
    define?: Define;
  }
}

export interface Interception {
  /** What the script registered. Ask in its `load` event, which comes before any other script runs. */
  brought(): unknown;
  /** To be called once, whether the script loaded or failed. */
  end(): void;
}

export function intercept(script: HTMLScriptElement): Interception {
  const taken: Taken = { value: undefined };
  const before = window.JitsiMeetExternalAPI;
  const ends = [interceptGlobal(script, taken), interceptAmd(script, taken)];
  return {
    brought: () => taken.value ?? takeUncovered(before),
    end: () => ends.forEach((end) => end()),
  };
}

const name = 'JitsiMeetExternalAPI';

/** What a script has brought so far. */
interface Taken {
  value: unknown;
}

interface Cover {
  /** What each script that this package is loading has assigned. */
  takes: Map<unknown, Taken>;
  lift(): void;
}

const covers = new WeakMap<object, Cover>();

function interceptGlobal(script: HTMLScriptElement, taken: Taken): () => void {
  const { set, configurable = true } = Object.getOwnPropertyDescriptor(window, name) ?? {};
  if (!configurable) return () => {};
  const { takes, lift } = (set && covers.get(set)) ?? cover();
  takes.set(script, taken);
  return () => {
    takes.delete(script);
    if (takes.size === 0) lift();
  };
}

/** Covers the page's own property, or that of another copy of this package, which goes on working beneath. */
function cover(): Cover {
  const beneath: Pick<Window, typeof name> = {};
  move(window, beneath);
  const takes: Cover['takes'] = new Map();
  // Between a script's constructor and its load event only its own code runs, such as a tag that it adds.
  const taking = (): Taken | undefined =>
    takes.get(page.currentScript) ?? [...takes.values()].find(({ value }) => value !== undefined);
  const set = (value: unknown): void => {
    const taken = taking();
    if (taken) taken.value = value;
    else beneath[name] = value;
  };
  // A deployment may append code to the script that reads what the script has just set.
  const get = (): unknown => taking()?.value ?? beneath[name];
  Object.defineProperty(window, name, { get, set, enumerable: true, configurable: true });
  const lift = (): void => {
    if (Object.getOwnPropertyDescriptor(window, name)?.set === set) move(beneath, window);
  };
  const made = { takes, lift };
  covers.set(set, made);
  return made;
}

function move(from: object, to: object): void {
  const property = Object.getOwnPropertyDescriptor(from, name);
  Reflect.deleteProperty(to, name);
  if (property) Object.defineProperty(to, name, property);
}

/**
 * A global made by `var` can't be covered, and the page may have deleted the cover: then a changed value is the
 * script's.
 */
function takeUncovered(before: unknown): unknown {
  const { value, set } = Object.getOwnPropertyDescriptor(window, name) ?? {};
  if (set || value === before) return undefined;
  if (before !== undefined || !Reflect.deleteProperty(window, name)) window[name] = before;
  return value;
}

/** What the scripts that this package is loading register with an AMD loader, by the `define` that takes it. */
const wrappers = new WeakMap<Define, { takes: Map<unknown, Taken>; define: Define }>();

/**
 * On a page with an AMD loader the script registers there and sets no global, so its constructor is taken from there.
 */
function interceptAmd(script: HTMLScriptElement, taken: Taken): () => void {
  if (typeof window.define !== 'function' || !window.define.amd) return () => {};
  const wrapper = wrappers.has(window.define) ? window.define : wrap(window.define);
  const { takes, define } = wrappers.get(wrapper)!;
  takes.set(script, taken);
  window.define = wrapper;
  return () => {
    takes.delete(script);
    if (takes.size === 0 && window.define === wrapper) window.define = define;
  };
}

function wrap(define: Define): Define {
  const takes = new Map<unknown, Taken>();
  const wrapper: Define = Object.assign((...args: unknown[]) => {
    const taken = takes.get(page.currentScript);
    if (!taken) return define(...args);
    const factory = args.at(-1);
    const value: unknown = typeof factory === 'function' ? (factory as () => unknown)() : factory;
    taken.value = (value as { default?: unknown } | null)?.default ?? value;
    return undefined;
  }, define);
  wrappers.set(wrapper, { takes, define });
  return wrapper;
}
