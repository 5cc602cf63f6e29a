/** The languages of the app, as of its release 13.2 (`lang/languages.json`). */
export const appLanguages =
  'af ar be bg ca cs da de dsb el en eo es es-US et eu fa fi fr fr-CA gl he hi hr hsb hu hy id is it ja kab kk ko lt lv ml mn mr nb nl no oc pl pt pt-BR ro ru sc sk sl sq sr sv te tr uk vi zh-CN zh-TW'.split(
    ' ',
  );

/** Where the app has two of a language: the other one, and whose it is. */
const others: Record<string, { tag: string; isMeant: (locale: Intl.Locale) => boolean }> = {
  // Its second Spanish is that of Latin America.
  es: { tag: 'es-US', isMeant: ({ region }) => region !== 'ES' },
  fr: { tag: 'fr-CA', isMeant: ({ region }) => region === 'CA' },
  pt: { tag: 'pt-BR', isMeant: ({ region }) => region === 'BR' },
  zh: { tag: 'zh-TW', isMeant: ({ script }) => script === 'Hant' },
};

/**
 * The app's name for a language: `de-AT` -> `de`, `zh-Hans` -> `zh-CN`, `es-MX` -> `es-US`. What it doesn't know is left
 * as it is, since a deployment may have added a language.
 */
export function appLanguage(tag: string): string {
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(tag);
  } catch {
    return tag;
  }
  const { language } = locale;
  const other = others[language];
  if (other?.isMeant(locale.maximize())) return other.tag;
  if (language === 'zh') return 'zh-CN';
  if (language === 'nn') return 'nb';
  return appLanguages.includes(language) ? language : tag;
}
