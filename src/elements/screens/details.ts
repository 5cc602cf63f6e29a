import { html, type TemplateResult } from 'lit/html.js';
import type { JitsiMeetingError } from '../../errors.js';
import { version } from '../../version.js';
import type { MessageKey } from '../../locale/en.js';
import type { ScreenView } from './view.js';

/** What a person reads out to support, or copies for it. None of it is secret: never a token, never a server's text. */
export function details(view: ScreenView, error: JitsiMeetingError): TemplateResult {
  const { say } = view;
  const facts: [MessageKey, string][] = [
    ['details-code', [error.code, error.detail].filter(Boolean).join(' / ')],
    ['details-status', error.status === undefined ? '' : String(error.status)],
    ['details-time', new Date(view.failedAt).toISOString().replace(/\.\d+Z$/, 'Z')],
    ['details-room', view.room],
    ['details-server', view.domain],
    ['details-version', version],
  ];
  const given = facts.filter(([, fact]) => fact !== '');
  const text = given.map(([key, fact]) => `${say(key)}: ${fact}`).join('\n');
  return html`<details part="details">
    <summary>${say('details')}</summary>
    <div class="facts">
      <dl>
        ${given.map(
          ([key, fact]) =>
            html`<dt>${say(key)}</dt>
              <dd><bdi>${fact}</bdi></dd>`,
        )}
      </dl>
      <button
        type="button"
        class="copy"
        part="copy"
        @click=${(event: Event) => void copy(event.currentTarget as Element, text, view)}
      >
        ${say(view.isCopied ? 'copied' : 'copy')}
      </button>
    </div>
  </details>`;
}

async function copy(button: Element, text: string, { copied }: ScreenView): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    copied();
  } catch {
    // Without the permission what is to be copied is at least marked.
    const facts = button.parentElement?.querySelector('dl');
    if (facts) getSelection()?.selectAllChildren(facts);
  }
}
