export interface Archive {
  name: string;
  version: string;
  sha512: string;
  folder: string;
}
export const sdk: Archive;
export const library: Archive;
