/**
 * The room's name as Jitsi's client uses it: percent-decoded where that is possible, NFKC, lower case
 * (`getNormalizedRoomName` in Jitsi's `react/features/base/util/uri.ts`).
 */
export const roomName = (room: string): string => safeDecode(room).normalize('NFKC').toLowerCase();

/**
 * The room's name as the server knows it, and as the `room` claim has to say it: `roomName`, percent-encoded, in lower
 * case again (`getBackendSafeRoomName` in the same file). `My Room` and `My%20Room` become `my%20room`.
 */
export const normaliseRoom = (room: string): string => encode(roomName(room)).toLowerCase();

/** Names come encoded or not, and nothing says which: Jitsi decodes what can be decoded. */
export function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A lone surrogate has no UTF-8; browsers write U+FFFD for it in addresses. */
export const encode = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
