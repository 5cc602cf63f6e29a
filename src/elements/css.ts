import { unsafeCSS, type CSSResult } from 'lit';

/** Styles with no value in them. Lit's own tag also checks values, which costs code and words. */
export const css = ([text]: TemplateStringsArray): CSSResult => unsafeCSS(text);
