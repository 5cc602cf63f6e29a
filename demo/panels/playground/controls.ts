import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

/** A property of the element, as its table has it. */
export interface Row {
  name: string;
  attribute?: string;
  type: string;
  description: string;
  when: string;
  isFlag: boolean;
  words: readonly string[];
}

export type Value = string | boolean;

const isText = ({ type, attribute }: Row): boolean => attribute !== undefined || /^string\b/.test(type);
const isNumber = ({ type }: Row): boolean => /^number\b/.test(type);
const isSwitch = ({ isFlag, name }: Row): boolean => isFlag || name === 'tokenProvider';

/** Words that must not be seen over a shoulder, or kept by the browser. */
const isSecret = ({ name }: Row): boolean => ['token', 'password', 'e2eeKey'].includes(name);

/** The value of the property from what was typed. Throws when it should be JSON and isn't. */
export function parse(row: Row, value: Value): unknown {
  if (typeof value === 'boolean') return value;
  if (value === '') return row.words[0];
  if (isText(row)) return value;
  if (isNumber(row)) return Number(value);
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw new Error('This is not JSON yet.');
  }
}

export function control(
  row: Row,
  value: Value,
  wrong: string | undefined,
  change: (value: Value) => void,
): TemplateResult {
  const { name, attribute, description } = row;
  const id = `set-${name}`;
  const label = html`<label for=${id}><code>${attribute ?? `.${name}`}</code></label>`;
  const about = html`<p class="note small" id="about-${name}">${prose(description)}</p>`;
  if (isSwitch(row))
    return html`<div class="control switch">
      <input
        type="checkbox"
        id=${id}
        aria-describedby="about-${name}"
        .checked=${live(value === true)}
        @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
      />
      ${label} ${about}
    </div>`;
  return html`<div class="control">
    ${label} ${field(row, id, String(value), wrong, change)}
    ${wrong === undefined ? nothing : html`<p class="small wrong" role="status">${wrong}</p>`} ${about}
  </div>`;
}

function field(row: Row, id: string, value: string, wrong: string | undefined, change: (value: Value) => void) {
  const about = `about-${row.name}`;
  const take = (event: Event): void => change((event.target as HTMLInputElement).value);
  if (row.words.length > 0)
    return html`<select id=${id} aria-describedby=${about} @change=${take}>
      ${row.words.map((word) => html`<option ?selected=${word === value}>${word}</option>`)}
    </select>`;
  if (isText(row) || isNumber(row))
    return html`<input
      id=${id}
      type=${isSecret(row) ? 'password' : isNumber(row) ? 'number' : 'text'}
      autocomplete="off"
      spellcheck="false"
      aria-describedby=${about}
      .value=${live(value)}
      @change=${take}
    />`;
  return html`<textarea
    id=${id}
    rows="2"
    autocomplete="off"
    spellcheck="false"
    placeholder=${examples[row.name] ?? '{ }'}
    aria-describedby=${about}
    aria-invalid=${String(wrong !== undefined)}
    .value=${live(value)}
    @change=${take}
  ></textarea>`;
}

const examples: Readonly<Record<string, string>> = {
  configOverwrite: '{ "toolbarButtons": ["microphone", "camera", "hangup"] }',
  userInfo: '{ "displayName": "Ada" }',
  messages: '{ "ended-left-title": "See you soon" }',
  invitees: '[ ]',
};

/** Names stand between backticks. */
const prose = (text: string): (TemplateResult | string)[] =>
  text
    .replaceAll('\n', ' ')
    .split('`')
    .map((part, index) => (index % 2 ? html`<code>${part}</code>` : part));
