import { html, nothing, render, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { propertyRows, recipes } from 'demo-tables';
import type { JitsiMeetingElement } from '../../src/index.js';
import { frontends, placeholders, type Setting } from '../code/snippets.js';
import { code } from '../copy.js';
import { keepInAddress, route } from '../tabs.js';
import { control, parse, type Row, type Value } from './playground/controls.js';
import { providerSource, tokenProvider } from './playground/provider.js';

const language: Row = {
  name: 'lang',
  attribute: 'lang',
  type: 'string',
  description: 'Language of the element and the app, such as `de`; without it, that of the page.',
  when: 'screen',
  isFlag: false,
  words: [],
};
const rows: readonly Row[] = [...propertyRows, language];

/** A link must not choose what runs here, whom the page asks, or where it leads. */
const notFromLinks = /^(domain|token.*|.*Url|api.*|release|sandbox)$/;
const isShared = ({ name, attribute }: Row): boolean => attribute !== undefined && !notFromLinks.test(name);

const backends = { Node: recipes.node, PHP: recipes.php, Python: recipes.python };

const groups: readonly [title: string, isIn: (row: Row) => boolean, isOpen: boolean][] = [
  ['The meeting', ({ when, attribute }) => when === 'target' || (when === 'live' && attribute !== undefined), true],
  ['How it looks and starts', ({ when, name }) => ['screen', 'start'].includes(when) || name.startsWith('start'), true],
  ['The token', ({ when }) => when === 'request', false],
  ['All others', () => true, false],
];

/** Every property as a control, and the code for what is set. */
export async function playgroundPanel(place: HTMLElement, meeting: JitsiMeetingElement): Promise<void> {
  /** What was set here, as text or a flag. */
  const set = new Map<string, Value>();
  const wrong = new Map<string, string>();
  let framework: keyof typeof frontends = 'HTML';
  let backend: keyof typeof backends = 'Node';

  function apply(row: Row, value: Value): void {
    wrong.delete(row.name);
    try {
      const parsed = row.name === 'tokenProvider' ? (value ? tokenProvider : undefined) : parse(row, value);
      if (row.name === 'lang') meeting.lang = String(value);
      else Object.assign(meeting, { [row.name]: parsed });
      if (value === '' || value === false || value === row.words[0]) set.delete(row.name);
      else set.set(row.name, value);
    } catch (error) {
      wrong.set(row.name, (error as Error).message);
    }
  }

  const change = (row: Row, value: Value): void => {
    apply(row, value);
    const shared = rows.filter(isShared).map(({ name }) => [name, set.has(name) ? String(set.get(name)) : undefined]);
    keepInAddress('playground', Object.fromEntries(shared) as Record<string, string | undefined>);
    draw();
  };

  /** As it stands in a page of the reader's own: with their server and their endpoint. */
  const settings = (): Setting[] =>
    rows.flatMap((row): Setting[] => {
      const { name, attribute } = row;
      const value = set.get(name) ?? (placeholders as Record<string, string>)[name];
      if (value === undefined) return [];
      if (name === 'tokenProvider') return [{ name, source: providerSource }];
      const source = JSON.stringify(parse(row, value), null, 2);
      return [{ name, source, ...(attribute !== undefined && { attribute, value: value === false ? '' : value }) }];
    });

  const shownValue = (row: Row): Value => {
    const own = set.get(row.name);
    if (own !== undefined) return own;
    const now = row.name === 'lang' ? meeting.lang : (meeting as unknown as Record<string, unknown>)[row.name];
    return typeof now === 'boolean' ? now : typeof now === 'string' ? now : '';
  };

  const grouped = (): TemplateResult[] => {
    const left = new Set(rows);
    return groups.map(([title, isIn, isOpen]) => {
      const members = [...left].filter(isIn);
      for (const one of members) left.delete(one);
      return html`
        <details ?open=${isOpen}>
          <summary>
            ${title} <span class="note">${members.filter(({ name }) => set.has(name)).length || nothing}</span>
          </summary>
          <div class="controls">
            ${members.map((row) => control(row, shownValue(row), wrong.get(row.name), (value) => change(row, value)))}
          </div>
        </details>
      `;
    });
  };

  const draw = (): void =>
    void render(
      html`
        <h2>The code for your page</h2>
        ${choice(Object.keys(frontends) as (keyof typeof frontends)[], framework, 'Made with', (name) => {
          framework = name;
          draw();
        })}
        ${code(frontends[framework](settings()), `${framework} code`)}
        <h2>What you can set</h2>
        <p class="note">The meeting on this page changes at once, or when you join again.</p>
        ${grouped()}
        <h2>The code for your backend</h2>
        <p class="note">
          This is the endpoint behind <code>token-url</code>. It signs a token for each person whom your site knows.
          <a href="read/docs/guides/recipes.md">More languages</a>
        </p>
        ${choice(Object.keys(backends) as (keyof typeof backends)[], backend, 'Backend', (name) => {
          backend = name;
          draw();
        })}
        ${code(backends[backend], `${backend} code`)}
      `,
      place,
    );

  meeting.addEventListener('meeting-state-change', () => {
    if (!place.hidden) draw();
  });
  const { tab, query } = route();
  if (tab === 'playground')
    for (const row of rows.filter(isShared)) {
      const value = query.get(row.name);
      if (value !== null) apply(row, row.isFlag ? value === 'true' : value);
    }
  draw();
}

const choice = <Name extends string>(names: Name[], chosen: Name, label: string, choose: (name: Name) => void) => html`
  <div class="row choice" role="group" aria-label=${label}>
    ${names.map(
      (name) =>
        html`<button type="button" aria-pressed=${String(live(name) && name === chosen)} @click=${() => choose(name)}>
          ${name}
        </button>`,
    )}
  </div>
`;
