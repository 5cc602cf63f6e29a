// Of all that the browser tells by itself, what the report is made from.
import type { DevtoolsEvent, Params } from './devtools.js';
import { plainAddress, plainText } from './private-text.js';
import type { BrowserIssue, ConsoleError } from './types.js';

export interface Notes {
  /** HTTP status of the page; 0 until there is one. */
  status: number;
  issues: BrowserIssue[];
  console: ConsoleError[];
  take(event: DevtoolsEvent): void;
}

/** A page may tell without end. */
const mostNotes = 1_000;

/** @param page the page's own frame, by its id; `session` is the page's as well */
export function createNotes(page: string, session: string): Notes {
  /** Contexts of code in other frames of the page's process. */
  const inFrames = new Set<unknown>();
  /** The request for the page itself, whose failure is told otherwise. */
  let own: unknown;
  const notes: Notes = { status: 0, issues: [], console: [], take };
  const note = (where: ConsoleError['where'], text: string): void => {
    if (notes.console.length < mostNotes) notes.console.push({ where, text: plainText(text) });
  };

  function take({ method, params, session: from }: DevtoolsEvent): void {
    const isOtherProcess = from !== session;
    const whereIs = (context: unknown): ConsoleError['where'] =>
      isOtherProcess || inFrames.has(context) ? 'frame' : 'page';
    switch (method) {
      case 'Runtime.executionContextCreated': {
        const { id, auxData } = params['context'] as { id: number; auxData?: { frameId?: string } };
        if (!isOtherProcess && auxData?.frameId !== page) inFrames.add(id);
        return;
      }
      case 'Network.requestWillBeSentExtraInfo':
      case 'Network.responseReceivedExtraInfo': {
        const { associatedCookies = [], blockedCookies = associatedCookies } = params as Cookies;
        return void notes.issues.push(...blockedCookies.flatMap(cookieIssues));
      }
      case 'Network.responseReceived': {
        const { type, frameId, requestId, response } = params;
        if (type !== 'Document' || frameId !== page) return;
        own = requestId;
        notes.status = (response as { status: number }).status;
        return;
      }
      case 'Audits.issueAdded': {
        const { code, details } = params['issue'] as { code: string; details: Record<string, Params> };
        return void notes.issues.push({ code, details: Object.values(details)[0] ?? {} });
      }
      case 'Log.entryAdded': {
        const { source, level, text = '', url = '', networkRequestId } = params['entry'] as Record<string, string>;
        // X-Frame-Options is told here alone. What else belongs to security is an issue as well.
        if (text.startsWith('Refused to display'))
          return void notes.issues.push({ code: 'FramingIssue', details: { text } });
        if (level !== 'error' || source === 'security' || url.endsWith('/favicon.ico')) return;
        if (networkRequestId !== undefined && networkRequestId === own) return;
        return note(isOtherProcess ? 'frame' : 'page', `${text} ${plainAddress(url)}`);
      }
      case 'Runtime.consoleAPICalled': {
        const { type, args, executionContextId } = params as {
          type: string;
          args: Params[];
          executionContextId: number;
        };
        if (type !== 'error' && type !== 'assert') return;
        const words = args.map(({ value, description }) => asText(value ?? description));
        return note(whereIs(executionContextId), words.join(' '));
      }
      case 'Runtime.exceptionThrown': {
        const { text, exception, executionContextId } = params['exceptionDetails'] as Params;
        const { description, value } = (exception ?? {}) as Params;
        return note(whereIs(executionContextId), `${asText(text)} ${asText(value ?? description).split('\n', 1)[0]!}`);
      }
    }
  }
  return notes;
}

interface Cookie {
  blockedReasons: string[];
  cookie?: { name: string; domain: string };
}

/** Of a request those that were there to send, of an answer those that it gave and the browser left out. */
interface Cookies {
  associatedCookies?: Cookie[];
  blockedCookies?: Cookie[];
}

/** A cookie of another place of the same host isn't meant for the request. */
function cookieIssues({ blockedReasons, cookie }: Cookie): BrowserIssue[] {
  const reasons = blockedReasons.filter((reason) => reason !== 'NotOnPath' && reason !== 'DomainMismatch');
  const { name, domain } = cookie ?? {};
  return reasons.length === 0 ? [] : [{ code: 'CookieRefused', details: { name, domain, reasons } }];
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
