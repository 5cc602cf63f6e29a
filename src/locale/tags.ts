/** What a person reads rather than English, where there are no words for a nearer tag. */
const kin: Record<string, string> = { no: 'nb', nn: 'nb', pt: 'pt-br' };

const rightToLeft = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa', 'Yezi']);

/** `undefined` for what is not a language tag, such as `x-mine` or `de_DE.UTF-8`. */
function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}

const unique = (tags: readonly (string | undefined)[]): string[] => [
  ...new Set(tags.filter((tag) => tag !== undefined)),
];

/**
 * The tags under which words for a language may stand, in lower case, the nearest first: `de-AT` -> `de-at`, `de`;
 * `zh-TW` -> `zh-tw`, `zh`, `zh-hant`; `pt` -> `pt`, `pt-br`.
 */
export function tagsFor(tag: string): string[] {
  const parts = tag.trim().toLowerCase().split('-');
  const given = parts.map((_part, index) => parts.slice(0, parts.length - index).join('-'));
  const locale = localeOf(tag.trim());
  if (!locale) return unique(given);
  const { language } = locale;
  const { script, region } = locale.maximize();
  const likely = [script && `${language}-${script}`, !locale.region && region && `${language}-${region}`, language];
  return unique([...given, ...likely.map((one) => (one || undefined)?.toLowerCase()), kin[language]]);
}

/** As it is usually written: `pt-br` -> `pt-BR`. */
export function usualTag(tag: string): string {
  return localeOf(tag)?.baseName ?? tag;
}

/** Which way a language is written. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  return rightToLeft.has(localeOf(tag)?.maximize().script ?? '') ? 'rtl' : 'ltr';
}
