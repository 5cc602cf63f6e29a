/** Whether a value has members by name: an object that is not a list. */
export const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The object in a JSON text, or what the text is instead. The parser's own message may quote a secret: it goes no
 * further.
 */
export function jsonObject(text: string): Record<string, unknown> | 'not JSON' | 'not a JSON object' {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : 'not a JSON object';
  } catch {
    return 'not JSON';
  }
}

/** Databases and identity providers write `null` or an empty text for a missing value. */
export const isAbsent = (value: unknown): value is undefined | null | '' =>
  value === undefined || value === null || value === '';
