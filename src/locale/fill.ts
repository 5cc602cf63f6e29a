/** Fills `{name}` with `values.name`. The result is text, never markup; a page without types may give anything. */
export function fill(sentence: string | undefined, values: Record<string, string>): string {
  return String(sentence ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
