import { parseMeetingUrl, type ParsedMeetingUrl } from '../room/index.js';
import { UsageError } from './io.js';

export interface TokenArgument {
  /** As Jitsi's client takes it out of the address; `null` where it finds none. */
  token: string | null;
  /** Where the address leads. */
  link?: ParsedMeetingUrl;
  /** What is odd about how the token was given. Holds nothing of it. */
  notes: string[];
}

const SCHEME = /^([a-z][a-z0-9+.-]*:)*\/\//i;

/** Reads what `check` was given: a token, or the address of a meeting, with or without a scheme. */
export function readTokenArgument(given: string): TokenArgument {
  const text = given.trim();
  if (isAddress(text)) {
    const link = parseMeetingUrl(text);
    if (!link)
      throw new UsageError('There is no room in this link; it has the form https://meet.example.org/ROOM?jwt=TOKEN.');
    return { ...tokenIn(text), link };
  }
  if (/^[?#&]?jwt=/i.test(text)) return tokenIn(text.startsWith('?') ? text : `#${text.replace(/^[#&]/, '')}`);
  const notes: string[] = [];
  if (/^["'“].*["'”]$/.test(text))
    notes.push(
      'The token stands between quotes, and is judged with them. If your backend hands it out so, take them off there.',
    );
  return { token: text, notes };
}

/** A token that is not base64url may have a slash in it, too. */
function isAddress(text: string): boolean {
  return SCHEME.test(text) || (/^[^\s/?#]+\/\S/.test(text) && (/[?#&]jwt=/i.test(text) || !text.startsWith('ey')));
}

/** As Jitsi's client reads it: JSON in the fragment first, else the plain text of the query. */
function tokenIn(address: string): Omit<TokenArgument, 'link'> {
  const hash = address.indexOf('#');
  const query = (hash < 0 ? address : address.slice(0, hash)).split('?')[1];
  const [inHash, inQuery] = [parameter(hash < 0 ? '' : address.slice(hash + 1)), parameter(query ?? '')];
  const notes: string[] = [];
  if (inHash !== undefined) {
    const token = quotedText(inHash);
    if (token !== undefined) return { token, notes };
    notes.push(
      'In the fragment (#jwt=) Jitsi reads a token between double quotes only, so that it reads none there: #jwt="TOKEN".',
    );
  }
  if (inQuery !== undefined && /^(["'“]|%22)/i.test(inQuery))
    notes.push('In the query (?jwt=) Jitsi takes the quotes for a part of the token: write ?jwt=TOKEN without them.');
  return { token: inQuery ?? null, notes };
}

function parameter(text: string): string | undefined {
  return text
    .split('&')
    .map((each) => each.split('='))
    .findLast(([name, value]) => name === 'jwt' && value)?.[1];
}

function quotedText(value: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(decodeURIComponent(value).replace(/[“”]/g, '"'));
    return typeof parsed === 'string' ? parsed : undefined;
  } catch {
    return undefined;
  }
}
