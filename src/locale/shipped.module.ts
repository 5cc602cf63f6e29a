import type { Files, Words } from './library.js';

const tags =
  'ar bg ca cs da de el es et eu fa fi fr he hi hr hu id it ja ko nb nl pl pt-br ro ru sv tr uk zh-hans'.split(' ');

/** What takes the place of shipped.ts in the module `dist/jitsi-meeting.js`: a file for each language in the folder beside it. */
export const shipped: Files = Object.fromEntries(
  tags.map((tag) => [tag, () => import(/* @vite-ignore */ `./jitsi-meeting/${tag}.js`) as Promise<{ default: Words }>]),
);
