/** Of a tag that isn't one, such as `de-DE.UTF-8`, the language; English, where the browser has no such language. */
const known = (tag: string): string[] =>
  [tag, tag.split('-')[0]!, 'en'].filter((one) => {
    try {
      return Intl.getCanonicalLocales(one);
    } catch {
      return false;
    }
  });

const day = 86_400_000;
const dayOf = (date: Date): number => new Date(date).setHours(0, 0, 0, 0);

/**
 * A time as a clock shows it: `15:42`, `3:42 PM`. Of another day within a week with the day, `Mon 15:42`; else with the
 * date, `7 Dec, 15:42`.
 */
export function clockTime(date: Date, tag: string, now: Date = new Date()): string {
  const days = Math.round((dayOf(date) - dayOf(now)) / day);
  const which: Intl.DateTimeFormatOptions =
    days === 0 ? {} : days > 0 && days < 7 ? { weekday: 'short' } : { month: 'short', day: 'numeric' };
  if (Math.abs(days) > 300) which.year = 'numeric';
  return new Intl.DateTimeFormat(known(tag), { ...which, hour: 'numeric', minute: '2-digit' }).format(date);
}

/**
 * How long it is until then, as an adverb with its own preposition, in the largest unit that says enough: `in 43
 * seconds`, `in 5 minutes`, `in 2 hours`, `in 3 days`. Seconds below 0 count as 0.
 */
export function fromNow(seconds: number, tag: string): string {
  const left = Math.max(0, Math.round(seconds));
  const [size, unit] = (
    [
      [1, 'second', 60],
      [60, 'minute', 5_400],
      [3_600, 'hour', 172_800],
      [86_400, 'day', Infinity],
    ] as const
  ).find(([, , below]) => left < below)!;
  return new Intl.RelativeTimeFormat(known(tag), { numeric: 'always' }).format(Math.round(left / size), unit);
}

/** `record, live-stream and moderate`. */
export function list(words: readonly string[], tag: string): string {
  return new Intl.ListFormat(known(tag), { type: 'conjunction' }).format(words);
}
