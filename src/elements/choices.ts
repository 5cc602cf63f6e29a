import { wrongWord } from '../choice.js';
import type { JitsiMeetingError } from '../errors.js';

/** The words that attributes take, the default first. Those of the token endpoint are its own matter. */
const loadings = ['eager', 'lazy', 'click', 'manual'] as const;
const warmUps = ['script', 'app', 'none'] as const;
const rejoins = ['manual', 'auto'] as const;

export type Loading = (typeof loadings)[number];
export type WarmUp = (typeof warmUps)[number];
export type Rejoin = (typeof rejoins)[number];

export interface Choices {
  loading: Loading;
  warmUp: WarmUp;
  rejoin: Rejoin;
}

/** Takes a word in any case, as HTML does; without the attribute the default counts. */
export const word = { fromAttribute: (value: string | null) => value?.trim().toLowerCase() };

/** The error for the first word that there isn't. */
export function wrongChoice({ loading, warmUp, rejoin }: Choices): JitsiMeetingError | undefined {
  return (
    wrongWord('loading', loading, loadings) ??
    wrongWord('warm-up', warmUp, warmUps) ??
    wrongWord('rejoin', rejoin, rejoins)
  );
}

/** Also with a word that there isn't: joining then says so. */
export const startsAtOnce = (loading: Loading): boolean => !loadings.slice(1).includes(loading);
