export interface CalendarEntry {
  /** Of the entry, for all time. */
  uid: string;
  title: string;
  url: string;
  /** Seconds since 1970. */
  from: number;
  until: number;
  /** Seconds since 1970: when this was written. */
  now: number;
}

/** A calendar file (RFC 5545) with one entry. */
export function calendarFile({ uid, title, url, from, until, now }: CalendarEntry): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//jitsi-meeting-server//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(from)}`,
    `DTEND:${stamp(until)}`,
    `SUMMARY:${escaped(title)}`,
    `LOCATION:${escaped(url)}`,
    `URL:${url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

const stamp = (seconds: number): string => `${new Date(seconds * 1000).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;

/** 3.3.11. Other control characters are not allowed at all. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll(/\r?\n/g, String.raw`\n`)
    .replaceAll(/\p{Cc}/gu, ' ');

/** 3.1: at most 75 bytes in a line, and no character torn apart. */
function folded(line: string): string {
  let result = '';
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > 75) {
      result += '\r\n ';
      bytes = 1;
    }
    result += character;
    bytes += size;
  }
  return result;
}
