/** Figures that a test measures are printed on demand only: `STATS=1 npm test`. */
export const statsWanted = Boolean(process.env.STATS);

export function stat(...figures: unknown[]): void {
  if (statsWanted) console.log(...figures);
}
