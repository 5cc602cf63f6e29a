import { html, render, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { brands, cssRows } from 'demo-tables';
import { code } from '../copy.js';
import { keepInAddress, route } from '../tabs.js';
import { contrasts, hexOf } from './theme/contrast.js';

const prefix = '--jitsi-meeting-';
const scheme = { property: 'color-scheme', description: '`light`, `dark`, or both as the system says', value: '' };
const rows = [scheme, ...cssRows];
const colours = /-(background|surface|text|muted|accent|danger|secondary|spinner|icon)$/;

const keyOf = (property: string): string => property.replace(prefix, '');

/** The looks of the meeting beside, live, and the CSS for them. */
export async function themePanel(place: HTMLElement): Promise<void> {
  const meetings = document.getElementById('meetings')!;
  const rule = meetingRule();
  const set = new Map<string, string>();

  function apply(property: string, value: string): void {
    if (value) set.set(property, value);
    else set.delete(property);
    rule.setProperty(property, value);
  }

  const changed = (): void => {
    keepInAddress('theme', Object.fromEntries([...set].map(([property, value]) => [keyOf(property), value])));
    draw();
  };

  function wear(css: string): void {
    for (const { property } of rows) apply(property, '');
    for (const [, property, value] of css.matchAll(/^\s*([\w-]+): (.+);$/gm))
      if (rows.some((row) => row.property === property)) apply(property!, value!);
    changed();
  }

  const css = (): string => {
    const lines = [...set].map(([property, value]) => `  ${property}: ${value};`);
    return lines.length > 0
      ? `jitsi-meeting {\n${lines.join('\n')}\n}`
      : '/* Nothing is set: these are the defaults. */';
  };

  const control = ({ property, description, value: byDefault }: (typeof rows)[number]): TemplateResult => {
    const id = `css-${keyOf(property)}`;
    const take = (event: Event): void => {
      apply(property, (event.target as HTMLInputElement).value.trim());
      changed();
    };
    const isColour = colours.test(property) || property.endsWith('on-accent');
    return html`<div class="control">
      <label for=${id}><code>${property}</code></label>
      <div class="with-colour">
        ${
          isColour
            ? html`<input
                type="color"
                aria-label="Colour of ${property}"
                .value=${live(hexOf(meetings, set.get(property) ?? byDefault))}
                @input=${take}
              />`
            : ''
        }
        <input
          id=${id}
          type="text"
          autocomplete="off"
          spellcheck="false"
          placeholder=${byDefault}
          aria-describedby="about-${id}"
          .value=${live(set.get(property) ?? '')}
          @change=${take}
        />
      </div>
      <p class="note small" id="about-${id}">${description.replaceAll('`', '')}</p>
    </div>`;
  };

  const draw = (): void =>
    void render(
      html`
        <fieldset>
          <legend>Start from</legend>
          ${Object.entries(brands).map(
            ([name, text]) => html`<button type="button" @click=${() => wear(text)}>${name}</button>`,
          )}
          <button type="button" @click=${() => wear('')}>the defaults</button>
        </fieldset>
        <h2>Contrast</h2>
        <ul class="contrasts">
          ${contrasts(meetings, (name) => set.get(prefix + name) ?? defaultOf(name)).map(
            ({ what, ratio }) => html`
              <li class=${ratio >= 4.5 ? 'enough' : 'low'}>
                <b>${ratio.toFixed(1)} : 1</b> ${what} <span class="note">${ratio >= 4.5 ? 'good' : 'too low'}</span>
              </li>
            `,
          )}
        </ul>
        <h2>The CSS for your page</h2>
        ${code(css(), 'CSS of the theme')}
        <h2>All names</h2>
        <div class="controls">${rows.map(control)}</div>
      `,
      place,
    );

  const asked = route();
  if (asked.tab === 'theme')
    for (const { property } of rows) {
      const value = asked.query.get(keyOf(property));
      if (value) apply(property, value);
    }
  draw();
}

const defaultOf = (name: string): string => cssRows.find(({ property }) => property === prefix + name)?.value ?? '';

/** A rule for the meetings of this page that is stronger than the page's own. */
function meetingRule(): CSSStyleDeclaration {
  const sheet = new CSSStyleSheet();
  sheet.insertRule('#meetings#meetings#meetings jitsi-meeting {}');
  document.adoptedStyleSheets.push(sheet);
  return (sheet.cssRules[0] as CSSStyleRule).style;
}
