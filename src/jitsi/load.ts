import { systemClock, type Clock } from '../clock.js';
import { withDeadline } from '../waiting.js';
import type { ErrorCode, JitsiMeetingError } from '../errors.js';
import { Late } from '../late.js';
import { withoutWords } from '../without-words.js';
import { intercept } from './capture-constructor.js';
import type { JitsiMeetExternalAPIConstructor } from './methods.js';
import { page } from './page.js';
import type { ScriptRequest } from './script-address.js';
import { trustedScriptAddress } from './trusted-types.js';

export interface LoadTools {
  clock?: Clock;
  /** ms */
  timeout?: number;
  /** Ends the wait, but not the load: a browser can't cancel a script, and the next call may still use it. */
  signal?: AbortSignal | undefined;
}

type Failures = typeof import('./load-failures.js');

/** What is said of a script that could not be loaded. */
export const loadFailures: Late<Failures> = new Late(() => import('./load-failures.js'));

async function failed(code: ErrorCode, make: (words: Failures) => JitsiMeetingError): Promise<JitsiMeetingError> {
  const words = await loadFailures.tryToLoad();
  return words ? make(words) : withoutWords(code);
}

/** Stands for the error until that has its words. */
const tooLate = Symbol('too late');

type Load = Promise<JitsiMeetExternalAPIConstructor>;

/** By address and integrity, because a script that was loaded without integrity was not checked. */
const loads = new Map<string, Load>();
/** How often each address timed out. */
const timeouts = new Map<string, number>();

/**
 * Loads Jitsi's `external_api.js` and returns the constructor that it defines. There is one load per address; a failed
 * one is forgotten, so that the next try loads again. The page's global `JitsiMeetExternalAPI` stays as it was, because
 * two deployments on one page would otherwise get each other's constructor.
 * @throws JitsiMeetingError script-load, script-timeout, script-invalid, page-policy; the signal's reason when aborted
 */
export function loadExternalApi(
  { src, integrity }: ScriptRequest,
  { clock = systemClock, timeout = 20_000, signal }: LoadTools = {},
): Load {
  if (signal?.aborted) return Promise.reject(signal.reason as Error);
  const key = JSON.stringify([src, integrity]);
  const load = loads.get(key) ?? insertScript(src, integrity);
  const forget = (): boolean => loads.get(key) === load && loads.delete(key);
  if (!loads.has(key)) load.catch(forget);
  loads.set(key, load);
  const onTooLate = (): symbol => {
    if (forget()) timeouts.set(src, (timeouts.get(src) ?? 0) + 1);
    return tooLate;
  };
  return withDeadline({ clock, limit: timeout, signal, tooLate: onTooLate }, () => load).catch(async (error) => {
    if (error !== tooLate) throw error;
    throw await failed('script-timeout', ({ scriptTimeout }) => scriptTimeout(src, timeout));
  });
}

function insertScript(src: string, integrity: string | undefined): Load {
  return new Promise((resolve, reject) => {
    const address = trustedScriptAddress(afresh(src));
    const script = page.createElement('script');
    const interception = intercept(script);
    script.src = address;
    script.async = true;
    script.referrerPolicy = 'strict-origin-when-cross-origin';
    if (integrity) {
      script.integrity = integrity;
      script.crossOrigin = 'anonymous';
    }
    script.addEventListener('load', () => {
      const brought = interception.brought();
      interception.end();
      if (typeof brought === 'function') return resolve(brought as JitsiMeetExternalAPIConstructor);
      void failed('script-invalid', ({ scriptInvalid }) => scriptInvalid(src)).then(reject);
    });
    script.addEventListener('error', () => {
      interception.end();
      void failed('script-load', ({ scriptNotLoaded }) => scriptNotLoaded(src)).then(reject);
    });
    page.head.append(script);
    // A removed script loads and runs all the same, and nothing is left on the page if it never comes.
    script.remove();
  });
}

/** A request that hangs can't be cancelled, and browsers make a second one for the same address wait for it. */
function afresh(src: string): string {
  const count = timeouts.get(src);
  return count ? `${src}${src.includes('?') ? '&' : '?'}retry=${count}` : src;
}
