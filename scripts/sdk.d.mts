export interface Archive {
  name: string;
  version: string;
  /** Without one, npm's own check counts. */
  sha512?: string;
  folder: string;
}
export const sdk: Archive;
export const library: Archive;
export const react18: readonly Archive[];
