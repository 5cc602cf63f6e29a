const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** In the visitor's own time zone and language. */
export const dateOf = (date: Date): string => dates.format(date);

const units = [
  ['year', 365 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** The visitor's time zone, as `Europe/Paris`. */
export const timeZone = (): string => dates.resolvedOptions().timeZone;

/** Such as `in 60 minutes`. */
export function ago(date: Date, now: Date): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const [unit, length] = units.find(([, each]) => Math.abs(seconds) >= each) ?? units[4];
  return relative.format(Math.round(seconds / length), unit);
}

/** Without what is too deep to be read. */
export function outline(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '…';
  if (Array.isArray(value)) return value.map((item) => outline(item, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, outline(item, levels - 1)]));
}
