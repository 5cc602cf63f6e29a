// docs/guides/frameworks.md: for each framework the tag as its example has it.
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

interface Guide {
  title: string;
  /** In the folder `examples`. */
  file: string;
  /** Of the tag, where it isn't that of the file. */
  language?: string;
  /** What a reader should know besides the snippet. */
  notes: string;
}

const guides: readonly Guide[] = [
  {
    title: 'A plain script',
    file: 'plain/index.html',
    notes:
      'Put `dist/jitsi-meeting.classic.js` beside the page: `<script src="jitsi-meeting.classic.js"></script>`. The script inside the tag holds settings that override the deployment’s; the link is for visitors without JavaScript.',
  },
  {
    title: 'A module without a build',
    file: 'module/index.html',
    notes:
      'Put `dist/jitsi-meeting.js` and the folder `dist/jitsi-meeting` beside the page: `<script type="module" src="jitsi-meeting.js"></script>`.',
  },
  {
    title: 'Turbo',
    file: 'turbo/index.html',
    notes:
      'Load the module in the head of every page. A cached preview does not join. `data-turbo-permanent` keeps the element on the way, but the browser loads its frame anew. A page from the cache has no token that was in the attribute `token` or `jwt`: use `token-url`, or add `<meta name="turbo-cache-control" content="no-cache">`.',
  },
  {
    title: 'htmx',
    file: 'htmx/index.html',
    notes:
      'Load the module in the head. A swap that takes the tag away leaves the meeting; `hx-preserve` keeps it. A page from the history has no token that was in the attribute `token` or `jwt`: use `token-url`, or write `hx-history="false"`.',
  },
  {
    title: 'Astro',
    file: 'astro/src/pages/index.astro',
    notes:
      'Import `jitsi-meeting-element` in a `<script>` of the page. `<ClientRouter />` runs that script once for all visits; a custom element of your own around the meeting, defined in the same script, listens again after each visit. Settings in the tag need `is:inline`. With `transition:persist` the frame stays on the way to another page.',
  },
  {
    title: 'React',
    file: 'react/src/meeting-page.jsx',
    notes:
      'The component of [`jitsi-meeting-element/react`](../reference/react.md) takes properties and handlers by name. A render interrupts nothing.',
  },
  {
    title: 'Next',
    file: 'next/app/meeting-page.jsx',
    notes:
      "The same component. A file that passes it handlers begins with `'use client'`; without handlers a server component may use it. With `cacheComponents`, as `create-next-app` sets it, Next hides a page that the visitor leaves: the component leaves the meeting then, and joins when the visitor comes back. [More](../reference/react.md#next-and-other-servers).",
  },
  {
    title: 'Vue',
    file: 'vue/src/MeetingPage.vue',
    notes:
      "Import `jitsi-meeting-element`, and tell the compiler in `vite.config.js` that the tag is not a component: `isCustomElement: (tag) => tag.startsWith('jitsi-')`. Objects are set as properties: `:configOverwrite.prop`, in camel case. [Types](../reference/vue.md).",
  },
  {
    title: 'Nuxt',
    file: 'nuxt/app/pages/index.vue',
    notes:
      'Import `jitsi-meeting-element` in the page, and tell the compiler in `nuxt.config.ts` that the tag is not a component: `vue: { compilerOptions: { isCustomElement: … } }`, as above. The server renders the tag; `defer-hydration` holds it until Vue has set its objects and handlers: `const isMounted = ref(false); onMounted(() => (isMounted.value = true))`. [More](../reference/element.md#on-a-page-from-a-server-or-a-framework).',
  },
  {
    title: 'Svelte',
    file: 'svelte/src/MeetingPage.svelte',
    notes:
      'Import `jitsi-meeting-element`. Svelte sets properties by itself where the element has them. [Types](../reference/svelte.md).',
  },
  {
    title: 'Angular',
    file: 'angular/src/app/meeting-page.ts',
    language: 'html',
    notes:
      'Import `jitsi-meeting-element`; the component says `schemas: [CUSTOM_ELEMENTS_SCHEMA]`. Attributes are written plainly, properties in brackets by their own name, events in parentheses. [Types](editors.md#angular).',
  },
  {
    title: 'Preact',
    file: 'preact/src/meeting-page.jsx',
    notes:
      'Import `jitsi-meeting-element`. Preact sets properties where the element has them. [Types](../reference/jsx.md).',
  },
  {
    title: 'Solid',
    file: 'solid/src/meeting-page.jsx',
    notes:
      'Import `jitsi-meeting-element`. Objects are set with `prop:`, events heard with `on:`. [Types](../reference/jsx.md).',
  },
];

/** The tag with what is in it, without the indentation of its lines. */
function snippetOf(file: string): string {
  const found = /^( *)<jitsi-?meeting\b[^]*?^\1(?:\/>|<\/jitsi-meeting>|><\/jitsi-meeting>)$/im.exec(
    readFileSync(`examples/${file}`, 'utf8'),
  );
  if (!found) throw new Error(`examples/${file} has no tag.`);
  const [tag, indentation = ''] = found;
  return tag
    .split('\n')
    .map((line) => line.slice(indentation.length))
    .join('\n');
}

export function frameworksPage(): string {
  return [
    '# Frameworks',
    '<!-- Generated by scripts/docs-frameworks.ts (npm run docs:generate), with snippets of the folder examples. -->',
    'Each part shows how an app of that framework holds the tag. The whole apps, each with a name, a room, leaving and joining again, and a second page, are in the folder `examples` of the repository; `npm run test:examples` drives them all in a browser. Angular, Astro and Nuxt need Node 22 (their READMEs say from which release); everything else runs with Node 20.',
    ...guides.flatMap(({ title, file, language = extname(file).slice(1), notes }) => [
      `## ${title}`,
      notes,
      `\`\`\`${language}\n${snippetOf(file)}\n\`\`\``,
      `From \`examples/${file}\`.`,
    ]),
    '## Bundlers',
    'Vite, webpack, Rollup (with `@rollup/plugin-node-resolve`) and esbuild take `jitsi-meeting-element` as it is, and put what is needed later into files of its own. Parcel 2 finds all files only with this in `package.json`:',
    '```json\n{ "@parcel/resolver-default": { "packageExports": true } }\n```',
    'test/examples/bundlers.test.ts builds the page of `examples/module` with each.',
  ].join('\n\n');
}
