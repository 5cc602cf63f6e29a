import { html, nothing, type TemplateResult } from 'lit';
import type { DecodedToken } from '../../../src/claims/index.js';
import { outline } from './show.js';

/** A token as it is being changed. */
export interface Draft {
  header: string;
  payload: string;
  /** A secret, or a private key. */
  key: string;
  problem: string;
}

/** A token may hold anything; what is too deep or too long can't be changed here. */
const text = (value: unknown): string => JSON.stringify(outline(value ?? {}, 40), null, 2).slice(0, 20_000);

/** Header and payload to change, and a key to sign them with. */
export function editor(
  { header, claims }: DecodedToken,
  draft: Draft | null,
  sign: (draft: Draft) => void,
): TemplateResult {
  const start: Draft = draft ?? { header: text(header), payload: text(claims), key: '', problem: '' };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const of = (name: string): string => String(form.get(name) ?? '');
    sign({ header: of('header'), payload: of('payload'), key: of('key'), problem: '' });
  };
  const area = (name: 'header' | 'payload' | 'key', label: string, rows: number): TemplateResult => html`
    <label>
      ${label}
      <textarea name=${name} rows=${rows} autocomplete="off" spellcheck="false" .value=${start[name]}></textarea>
    </label>
  `;
  return html`
    <details class="editor" ?open=${draft !== null}>
      <summary>Change it and sign it again</summary>
      <form @submit=${submit}>
        ${area('header', 'Header to sign', 4)} ${area('payload', 'Payload to sign', 12)}
        ${area('key', 'Key to sign with: a secret, or a private key as PEM', 2)}
        ${start.problem ? html`<p class="wrong" role="alert">${start.problem}</p>` : nothing}
        <button class="primary">Sign</button>
      </form>
    </details>
  `;
}
