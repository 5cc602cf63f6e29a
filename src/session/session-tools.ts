import { systemClock } from '../clock.js';
import { loadExternalApi } from '../jitsi/load.js';
import type { blockedDevices } from '../jitsi/media.js';
import { page } from '../jitsi/page.js';
import type { Violation } from '../jitsi/page-policy.js';
import { browserNetwork, type Network } from '../token/network.js';
import { defaultTokenTools, type TokenTools } from '../token/request.js';
import { surroundings, type Surroundings } from './page-lifecycle.js';
import type { PreparationTools } from './preparation.js';

/** What a session uses of its surroundings; a test replaces parts of it. */
export interface SessionTools extends Omit<TokenTools, 'online'>, PreparationTools {
  network: Network;
  surroundings: Surroundings;
  /** Takes every event of the session ahead of its listeners. @internal */
  overhear?: ((event: Event) => void) | undefined;
  /** What the page's policy forbade before the session listened. @internal */
  violations?: (() => Violation[]) | undefined;
  blockedDevices?: typeof blockedDevices | undefined;
}

/** The tools that a page or a test gives; the browser's own for the rest. */
export function completeTools(given: Partial<SessionTools>): SessionTools {
  const clock = given.clock ?? systemClock;
  return {
    ...defaultTokenTools(),
    baseUrl: globalThis.document && page.baseURI,
    clock,
    network: browserNetwork,
    loadApi: (script, signal) => loadExternalApi(script, { clock, signal }),
    surroundings: surroundings(),
    secureContext: globalThis.isSecureContext ?? true,
    ...given,
  };
}
