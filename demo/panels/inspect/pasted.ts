import { parseMeetingUrl, type ParsedMeetingUrl } from '../../../src/room/index.js';

/** `token: null`: a link without a token, so a guest. */
export interface Pasted {
  token: string | null;
  meeting?: ParsedMeetingUrl | undefined;
}

/** Reads a token, or a meeting's link, in whose query or fragment Jitsi has the token. */
export function readPasted(text: string): Pasted {
  const pasted = text.trim();
  const inLink = /[?&#]jwt=([^&#\s]*)/.exec(pasted)?.[1];
  if (inLink === undefined && !/^[a-z][a-z\d+.-]*:\/\//i.test(pasted)) return { token: pasted };
  const meeting = parseMeetingUrl(pasted);
  if (!inLink) return { token: null, meeting };
  // In the fragment it is JSON.
  return { token: unescaped(inLink).replace(/^"|"$/g, ''), meeting };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
