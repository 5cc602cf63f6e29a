import { html, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { localeTags, screenNames } from 'demo-tables';
import { keepInAddress, route } from '../tabs.js';

const widths = ['320', '420', '640', '960'];
const themes = ['light dark', 'light', 'dark'];
const themeNames: Readonly<Record<string, string>> = { 'light dark': 'as the system', light: 'light', dark: 'dark' };

const languages = new Intl.DisplayNames(undefined, { type: 'language' });

/** Every screen of the element as a live one, without any server: in all languages, light and dark, narrow and wide. */
export async function statesPanel(place: HTMLElement): Promise<void> {
  const asked = route().query;
  const oneOf = (name: string, values: readonly string[], byDefault: string): string => {
    const value = asked.get(name);
    return value !== null && values.includes(value) ? value : byDefault;
  };
  const chosen = {
    lang: oneOf('lang', localeTags, 'en'),
    theme: oneOf('theme', themes, 'light dark'),
    width: oneOf('width', widths, '420'),
    only: oneOf('only', screenNames, ''),
  };

  const choose =
    (name: keyof typeof chosen) =>
    (event: Event): void => {
      chosen[name] = (event.target as HTMLSelectElement).value;
      keepInAddress('states', chosen);
      draw();
    };

  const select = (
    label: string,
    name: keyof typeof chosen,
    values: readonly string[],
    told: (value: string) => string,
  ) => html`
    <label>
      ${label}
      <select .value=${live(chosen[name])} @change=${choose(name)}>
        ${values.map((value) => html`<option value=${value} ?selected=${value === chosen[name]}>${told(value)}</option>`)}
      </select>
    </label>
  `;

  const draw = (): void => {
    const query = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value !== ''));
    const address = `demo/states/index.html?${query.toString()}`;
    render(
      html`
        <p class="note">
          All that a visitor may come to see: every state, reason and error as a live screen. Clock and server are made
          up. <a href=${address} target="_blank">Open the screens in a tab of their own</a>
        </p>
        <div class="row">
          ${select('Screen', 'only', ['', ...screenNames], (name) => name || 'all of them')}
          ${select('Language', 'lang', localeTags, (tag) => `${languages.of(tag) ?? tag} (${tag})`)}
          ${select('Colours', 'theme', themes, (theme) => themeNames[theme]!)}
          ${select('Width', 'width', widths, (width) => `${width} px`)}
        </div>
        <iframe class="states" title="Screens of the element" src=${address}></iframe>
      `,
      place,
    );
  };
  draw();
}
