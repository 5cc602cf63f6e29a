import { createRoot, hydrateRoot } from 'react-dom/client';
import { HidingPage } from './hiding.js';
import { Page, seen } from './page.js';

const root = document.getElementById('root')!;
const { domain, page: name } = root.dataset;
const page = name === 'hiding' ? <HidingPage domain={domain!} /> : <Page domain={domain!} />;
if (root.firstElementChild) hydrateRoot(root, page);
else createRoot(root).render(page);
Object.assign(window, { seen });
