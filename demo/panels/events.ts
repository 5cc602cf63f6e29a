import { html, nothing, render, type TemplateResult } from 'lit';
import { copy } from '../copy.js';
import type { Entry, EventLog, Source } from '../log.js';

const sources: readonly Source[] = ['element', 'token', 'Jitsi'];

/** The events of the meetings as they come, and the states as a line of time. */
export async function eventsPanel(place: HTMLElement, log: EventLog): Promise<void> {
  const shown = new Set<Source>(sources);
  let paused: readonly Entry[] | null = null;

  const entries = (): readonly Entry[] => (paused ?? log.entries).filter(({ source }) => shown.has(source));
  const toggle = (source: Source): void => {
    if (!shown.delete(source)) shown.add(source);
    draw();
  };
  const pause = (): void => {
    paused = paused ? null : log.entries;
    draw();
  };

  const draw = (): void =>
    void render(
      html`
        <div class="row">
          ${sources.map(
            (source) =>
              html`<button type="button" aria-pressed=${String(shown.has(source))} @click=${() => toggle(source)}>
                ${source}
              </button>`,
          )}
          <button type="button" aria-pressed=${String(paused !== null)} @click=${pause}>Pause</button>
          <button type="button" @click=${(event: Event) => copy(asJson(entries()), event)}>Copy as JSON</button>
          <button type="button" @click=${() => log.clear()}>Clear</button>
        </div>
        ${timeLine(paused ?? log.entries)}
        <h3>Events, newest first</h3>
        <ol class="events" tabindex="0" aria-label="Events, newest first">
          ${entries().map(row)}
        </ol>
        ${entries().length === 0 ? html`<p class="note">No event yet. Join the meeting.</p>` : nothing}
      `,
      place,
    );

  log.addEventListener('change', () => {
    if (!place.hidden && !paused) draw();
  });
  window.addEventListener('hashchange', () => {
    if (!place.hidden) draw();
  });
  draw();
}

const row = ({ at, meeting, name, detail, source }: Entry): TemplateResult => html`
  <li>
    <time>${at.toLocaleTimeString()}</time> <strong>${name}</strong>
    <span class="note">${meeting === 'first' ? nothing : `(${meeting}) `}${source} ${detail.slice(0, 300)}</span>
  </li>
`;

/** The states of the first meeting, each with how long it lasted. */
function timeLine(entries: readonly Entry[]): TemplateResult | typeof nothing {
  const states = entries.filter(({ meeting, state }) => meeting === 'first' && state !== undefined).toReversed();
  if (states.length === 0) return nothing;
  return html`
    <h3>States</h3>
    <ol class="time-line" tabindex="0" aria-label="States, oldest first">
      ${states.slice(-16).map((entry, index, all) => {
        const next = all[index + 1];
        return html`<li data-state=${entry.state!}>
          <b>${entry.state}</b>
          <span class="note">${next ? seconds(next.at.getTime() - entry.at.getTime()) : 'now'}</span>
        </li>`;
      })}
    </ol>
  `;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

const asJson = (entries: readonly Entry[]): string =>
  JSON.stringify(
    entries.toReversed().map(({ at, meeting, source, name, detail }) => ({
      at: at.toISOString(),
      meeting,
      source,
      name,
      detail: detail ? (JSON.parse(detail) as unknown) : null,
    })),
    null,
    2,
  );
