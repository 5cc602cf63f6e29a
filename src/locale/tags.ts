/** What a person reads rather than English, where there are no words for a nearer tag. */
const kin: Record<string, string> = { no: 'nb', nn: 'nb', pt: 'pt-br' };

const rightToLeft = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa', 'Yezi']);

/** All of two letters, so that the browser's table of likely scripts is rarely opened. */
const rightToLeftLanguages = new Set('ar dv fa he iw ji ks ps sd ug ur yi'.split(' '));
const isShort = /^[a-z]{2}$/;

/** `undefined` for what is not a language tag, such as `x-mine` or `de_DE.UTF-8`. */
function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}

/**
 * The tags under which words for a language may stand, in lower case, the nearest first, some twice: `de-AT` -> `de-at`, `de`;
 * `zh-TW` -> `zh-tw`, `zh`, `zh-hant`; `pt` -> `pt`, `pt-br`. One by one: the first that have words save the browser's
 * table of likely scripts, which takes 20 ms to open.
 */
export function* tagsFor(tag: string): Generator<string, void, void> {
  const parts = tag.trim().toLowerCase().split('-');
  const given = parts.map((_part, index) => parts.slice(0, parts.length - index).join('-'));
  yield* given;
  const locale = localeOf(tag.trim());
  if (!locale) return;
  const { language } = locale;
  const { script, region } = locale.maximize();
  const likely = [script && `${language}-${script}`, !locale.region && region && `${language}-${region}`, language];
  for (const one of likely) if (one) yield one.toLowerCase();
  if (kin[language]) yield kin[language];
}

/** As it is usually written: `pt-br` -> `pt-BR`. */
export function usualTag(tag: string): string {
  return (tag.includes('-') && localeOf(tag)?.baseName) || tag;
}

/** Which way a language is written. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  const isRtl = isShort.test(tag)
    ? rightToLeftLanguages.has(tag)
    : rightToLeft.has(localeOf(tag)?.maximize().script ?? '');
  return isRtl ? 'rtl' : 'ltr';
}
