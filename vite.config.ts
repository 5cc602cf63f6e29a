import { defineConfig } from 'vite';

// The dev server behind `npm start` (demo/server/page.ts). Vite takes decorators from tsconfig.json, for the files that
// its `include` names.
export default defineConfig({
  // Named here, they are bundled at the start and no page has to be loaded again when they turn up.
  optimizeDeps: {
    entries: ['index.html', 'demo/main.ts'],
    include: ['jose', 'jose/key/import', 'lit', 'lit/decorators.js'],
  },
});
