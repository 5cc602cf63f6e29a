import { systemClock, withDeadline, type Clock } from '../clock.js';
import { JitsiMeetingError } from '../errors.js';
import { intercept } from './capture-constructor.js';
import type { JitsiMeetExternalAPIConstructor } from './methods.js';
import { page } from './page.js';
import { embedderPolicyHint } from './page-policy.js';
import type { ScriptRequest } from './script-address.js';
import { trustedScriptAddress } from './trusted-types.js';

export interface LoadTools {
  clock?: Clock;
  /** ms */
  timeout?: number;
  /** Ends the wait, not the load: a browser can't call off a script, and whoever asks next may still use it. */
  signal?: AbortSignal | undefined;
}

type Load = Promise<JitsiMeetExternalAPIConstructor>;

/** By address and integrity: what was loaded without integrity was not checked. */
const loads = new Map<string, Load>();
/** How often an address timed out. */
const timeouts = new Map<string, number>();

/**
 * Loads Jitsi's `external_api.js` and hands out the constructor that it brought. One load per address; a failed one is
 * forgotten, so that the next try loads again. The page's own global `JitsiMeetExternalAPI` stays what it was: two
 * deployments on one page would otherwise take each other's.
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
  const tooLate = (): JitsiMeetingError => {
    if (forget()) timeouts.set(src, (timeouts.get(src) ?? 0) + 1);
    return new JitsiMeetingError('script-timeout', `${src} did not load within ${timeout / 1000} s.`, {
      hint: 'Is the Jitsi server up and reachable from here? Open the address in a tab.',
      retryable: true,
    });
  };
  return withDeadline({ clock, limit: timeout, signal, tooLate }, () => load);
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
      reject(
        new JitsiMeetingError('script-invalid', `${src} loaded, but brought no JitsiMeetExternalAPI.`, {
          hint: "Is it Jitsi's external_api.js, and does it run without an error (see the console)?",
          retryable: true,
        }),
      );
    });
    script.addEventListener('error', () => {
      interception.end();
      reject(
        new JitsiMeetingError('script-load', `${src} could not be loaded.`, {
          hint: [
            embedderPolicyHint(new URL(src, page.baseURI).host),
            'Is domain right and the server up, its certificate valid? Does a content security policy forbid the script, or integrity not match?',
            'A public page that embeds a server in a private network needs the permission for local network access.',
          ]
            .filter(Boolean)
            .join(' '),
          retryable: true,
        }),
      );
    });
    page.head.append(script);
    // It loads and runs all the same, and no page is left with it if it never comes.
    script.remove();
  });
}

/** A request that hangs can't be called off, and browsers let a second one for the same address wait for it. */
function afresh(src: string): string {
  const count = timeouts.get(src);
  return count ? `${src}${src.includes('?') ? '&' : '?'}retry=${count}` : src;
}
