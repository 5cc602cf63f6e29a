// The gallery's page: every screen at once, by the address's parameters `lang`, `theme`, `width` and `only`.
import { gallery } from '../../test/support/gallery.js';

const wanted = new URLSearchParams(location.search);
const root = document.documentElement;
root.lang = wanted.get('lang') ?? 'en';
root.style.colorScheme = wanted.get('theme') ?? 'light dark';
// Written so, a page policy that forbids style elements lets it pass.
const styles = new CSSStyleSheet();
styles.replaceSync(`body{margin:16px;font:16px/1.4 system-ui,sans-serif;display:flex;flex-wrap:wrap;gap:16px;background:Canvas;color:CanvasText}
figure{margin:0;max-inline-size:100%;inline-size:${Number(wanted.get('width') ?? 420)}px}figcaption{font-size:12px}`);
document.adoptedStyleSheets.push(styles);
const only = wanted.get('only')?.split(',');
for (const one of gallery.filter(({ name }) => !only || only.includes(name))) {
  const figure = document.body.appendChild(document.createElement('figure'));
  figure.id = one.name;
  figure.append(Object.assign(document.createElement('figcaption'), { textContent: one.name }));
  await one.show(figure, { supportUrl: 'https://www.example.org/help' });
}
// What comes later, such as notices, is drawn a few frames on.
for (let frames = 0; frames < 10; frames++) await new Promise(requestAnimationFrame);
root.dataset['ready'] = '';
