import { page } from '../jitsi/page.js';
import { scriptRequest } from '../jitsi/script-address.js';
import type { MeetingOptions } from '../session/options.js';
import type { SessionTools } from '../session/session-tools.js';
import type { Target } from '../session/target.js';
import { endpointRequest } from '../token/endpoint-request.js';
import type { TokenAnswer, TokenProvider } from '../token/types.js';
import type { MeetingProperties } from './properties.js';
import { tokenSource } from './token-source.js';

/**
 * Starts what a join asks for while the code of the meeting is on its way: the connection to the deployment, and the
 * token, whose answer the session takes up as if it had asked itself.
 */
export class HeadStart {
  #aborter = new AbortController();
  #asked: { key: string; answer: Promise<Response> } | undefined;
  #provided: { provider: TokenProvider; key: string; answer: Promise<TokenAnswer> } | undefined;
  #hint: HTMLLinkElement | undefined;

  readonly #ask: typeof fetch;

  constructor(private readonly tools: Partial<SessionTools>) {
    this.#ask = (...request) => (tools.fetch ?? globalThis.fetch)(...request);
  }

  /** What is not to be asked for, or can't be, is left to the session, which says why. */
  begin(element: HTMLElement & MeetingProperties, target: Target | undefined): void {
    this.end();
    const { sandbox, retryPolicy, frameTimeout = 1 } = element;
    const { secureContext = isSecureContext } = this.tools;
    if (!target || element.ownerDocument !== document || !secureContext || sandbox !== undefined) return;
    if (retryPolicy || !(frameTimeout > 0) || !navigator.onLine || !this.#connect(element, target)) return;
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

  /** The session has loaded the script itself. */
  handOver(): void {
    this.#hint?.remove();
    this.#hint = undefined;
  }

  /** Aborts what nobody has taken up. */
  end(): void {
    if (this.#asked || this.#provided) this.#aborter.abort();
    this.#aborter = new AbortController();
    this.#asked = this.#provided = undefined;
    this.handOver();
  }

  /** For the session, in place of `fetch`. */
  readonly fetch: typeof fetch = (url, init = {}) => {
    const asked = this.#asked;
    if (asked?.key !== keyOfRequest(url as URL, init)) return this.#ask(url, init);
    this.#asked = undefined;
    this.#follow(init.signal);
    return asked.answer;
  };

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

  /** The script itself would be asked for twice where the page's policy forbids it: so the connection alone. */
  #connect(options: MeetingProperties, target: Target): boolean {
    try {
      const { src, integrity } = scriptRequest(options, target);
      this.#hint = Object.assign(page.createElement('link'), {
        rel: 'preconnect',
        ...(integrity && { crossOrigin: 'anonymous' }),
        href: new URL(src, page.baseURI).origin,
      });
      page.head.append(this.#hint);
      return true;
    } catch {
      return false;
    }
  }
}

const keyOf = ({ domain, room, tenant }: Target): string => JSON.stringify([domain, room, tenant]);

const keyOfRequest = (url: URL, { method, body, credentials }: RequestInit): string =>
  JSON.stringify([url, method, body, credentials]);
