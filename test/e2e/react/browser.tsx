import { createRoot, hydrateRoot } from 'react-dom/client';
import { Page, seen } from './page.js';

const root = document.getElementById('root')!;
const page = <Page domain={root.dataset['domain']!} />;
if (root.firstElementChild) hydrateRoot(root, page);
else createRoot(root).render(page);
Object.assign(window, { seen });
