import { systemClock } from '../clock.js';
import { loadExternalApi } from '../jitsi/load.js';
import { page } from '../jitsi/page.js';
import type { Violation } from '../jitsi/page-policy.js';
import { scriptRequest } from '../jitsi/script-address.js';
import type { MeetingOptions } from '../session/options.js';
import type { PreparationTools } from '../session/preparation.js';
import type { SessionTools } from '../session/session-tools.js';
import type { Target } from '../session/target.js';
import { endpointRequest } from '../token/endpoint-request.js';
import type { TokenAnswer, TokenProvider } from '../token/types.js';
import type { MeetingProperties } from './properties.js';
import { tokenSource } from './token-source.js';

/**
 * Starts what a join asks for while the code of the meeting is on its way: Jitsi's script and the token. The session takes
 * both up as if it had asked itself.
 */
export class HeadStart {
  #aborter = new AbortController();
  #asked: { key: string; answer: Promise<Response> } | undefined;
  #provided: { provider: TokenProvider; key: string; answer: Promise<TokenAnswer> } | undefined;
  #script: { key: string; load: ReturnType<PreparationTools['loadApi']> } | undefined;
  #violations: Violation[] = [];

  readonly #ask: typeof fetch;

  constructor(private readonly tools: Partial<SessionTools>) {
    this.#ask = (...request) => (tools.fetch ?? globalThis.fetch)(...request);
  }

  /** What is not to be asked for, or can't be, is left to the session, which says why. */
  begin(element: HTMLElement & MeetingProperties, target: Target | undefined): void {
    this.end();
    page.addEventListener('securitypolicyviolation', this.#note);
    const { sandbox, retryPolicy, frameTimeout = 1 } = element;
    const { secureContext = globalThis.isSecureContext ?? true } = this.tools;
    const isSandboxed = sandbox !== undefined || globalThis.origin === 'null';
    if (!target || element.ownerDocument !== document || !secureContext || isSandboxed) return;
    if (retryPolicy || !(frameTimeout > 0) || !navigator.onLine) return;
    if (!this.#loadScript(element, target)) return;
    const { signal } = this.#aborter;
    const { provider, endpoint } = tokenSource(element);
    if (provider) {
      const answer = new Promise<TokenAnswer>((resolve) => {
        resolve(provider({ ...target, reason: 'join', signal }));
      });
      this.#provided = { provider, key: keyOf(target), answer };
      answer.catch(() => {});
    } else if (endpoint) {
      const request = endpointRequest(endpoint, target, this.tools.baseUrl ?? page.baseURI);
      if (!request) return;
      const answer = this.#ask(request.url, { ...request.init, signal });
      this.#asked = { key: keyOfRequest(request.url, request.init), answer };
      answer.catch(() => {});
    }
  }

  /** Aborts what nobody has taken up. */
  end(): void {
    if (this.#asked || this.#provided || this.#script) this.#aborter.abort();
    this.#aborter = new AbortController();
    this.#asked = this.#provided = this.#script = undefined;
    page.removeEventListener('securitypolicyviolation', this.#note);
    this.#violations = [];
  }

  /** For the session, in place of `fetch`. */
  readonly fetch: typeof fetch = (url, init = {}) => {
    const asked = this.#asked;
    if (asked?.key !== keyOfRequest(url as URL, init)) return this.#ask(url, init);
    this.#asked = undefined;
    this.#follow(init.signal);
    return asked.answer;
  };

  /** For the session, in place of its own. */
  readonly loadApi: PreparationTools['loadApi'] = (request, signal) => {
    const script = this.#script;
    if (script?.key === JSON.stringify(request)) {
      this.#script = undefined;
      this.#follow(signal);
      return script.load;
    }
    const { loadApi, clock = systemClock } = this.tools;
    return loadApi ? loadApi(request, signal) : loadExternalApi(request, { clock, signal });
  };

  /** For the session: what the page's policy forbade before it listened. */
  readonly violations = (): Violation[] => {
    page.removeEventListener('securitypolicyviolation', this.#note);
    return this.#violations.splice(0);
  };

  readonly #note = (event: Event): void => void this.#violations.push(event as SecurityPolicyViolationEvent);

  /** For the session: its options, with a provider that is not asked twice. */
  options(given: MeetingOptions): MeetingOptions {
    const { provider } = given.source;
    if (!provider || this.#provided?.provider !== provider) return given;
    const ask: TokenProvider = (request) => {
      const provided = this.#provided;
      if (provided?.key !== keyOf(request) || request.reason !== 'join') return provider(request);
      this.#provided = undefined;
      this.#follow(request.signal);
      return provided.answer;
    };
    return { ...given, source: { ...given.source, provider: ask } };
  }

  #follow(signal: AbortSignal | null | undefined): void {
    const aborter = this.#aborter;
    signal?.addEventListener('abort', () => aborter.abort(signal.reason));
  }

  /** Its promise is kept by the loader as well: a join that comes later finds the script there. */
  #loadScript(options: MeetingProperties, target: Target): boolean {
    try {
      const request = scriptRequest(options, target);
      const load = this.loadApi(request, this.#aborter.signal);
      this.#script = { key: JSON.stringify(request), load };
      load.catch(() => {});
      return true;
    } catch {
      return false;
    }
  }
}

const keyOf = ({ domain, room, tenant }: Target): string => JSON.stringify([domain, room, tenant]);

const keyOfRequest = (url: URL, { method, body, credentials }: RequestInit): string =>
  JSON.stringify([url, method, body, credentials]);
