/** A number, also one that a template writes as text, is in pixels; other text is CSS. */
export function cssLength(size: number | string | undefined): string | undefined {
  return size === undefined || !/^[\d.]+$/.test(String(size)) ? (size as string | undefined) : `${size}px`;
}
