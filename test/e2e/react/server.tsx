import { renderToString } from 'react-dom/server';
import { Page } from './page.js';

export const render = (domain: string): string => renderToString(<Page domain={domain} />);
