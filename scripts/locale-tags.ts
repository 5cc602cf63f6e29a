import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Tags of the package's languages, each a file of src/locale: `de`, `pt-BR`. */
export const localeTags = readdirSync(fileURLToPath(new URL('../src/locale', import.meta.url)))
  .map((file) => /^([a-z]{2,3}(?:-[A-Z][A-Za-z]+)?)\.ts$/.exec(file)?.[1])
  .filter((tag) => tag !== undefined);
