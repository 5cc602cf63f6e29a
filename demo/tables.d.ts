/** Made by scripts/demo-tables.ts when the page is built. */
declare module 'demo-tables' {
  export const propertyRows: readonly {
    name: string;
    attribute?: string;
    type: string;
    description: string;
    when: string;
    isFlag: boolean;
    words: readonly string[];
  }[];
  /** By code of an error or a warning. */
  export const explanations: Readonly<Record<string, { meaning: string; element: string; fix: string } | undefined>>;
  export const cssRows: readonly { property: string; description: string; value: string }[];
  export const recipes: Readonly<Record<'node' | 'php' | 'python', string>>;
  /** Name of a brand -> its CSS. */
  export const brands: Readonly<Record<string, string>>;
  /** Names of the gallery's screens. */
  export const screenNames: readonly string[];
  export const localeTags: readonly string[];
}
