export const sdk: { name: string; version: string; sha512: string; folder: string };
