import { html, render } from 'lit';
import { jitsiEventNames, meetingEventNames, type JitsiMeetingElement } from '../../src/index.js';

const longest = 200;

/** State, claims, role and expiry, and the events as they come. */
export function watchPanel(place: HTMLElement, meeting: JitsiMeetingElement): void {
  const events: { at: Date; name: string; detail: string }[] = [];

  const draw = (): void => {
    const { state, meetingRole, tokenExpiresAt, claims, error } = meeting;
    render(
      html`
        <dl>
          <dt>state</dt>
          <dd id="state">${state}</dd>
          <dt>role</dt>
          <dd>${meetingRole.name} <span class="note">(source: ${meetingRole.source})</span></dd>
          <dt>token ends</dt>
          <dd>${tokenExpiresAt?.toLocaleTimeString() ?? '–'}</dd>
          <dt>error</dt>
          <dd>
            ${error ? html`<strong>${error.code}</strong>: ${error.message} <span class="note">${error.hint}</span>` : '–'}
          </dd>
        </dl>
        <h3>Claims</h3>
        <pre>${claims ? JSON.stringify(claims, null, 2) : 'No token yet.'}</pre>
        <h3>Events, newest first</h3>
        <ol class="events" tabindex="0" aria-label="Events, newest first">
          ${events.map(
            ({ at, name, detail }) =>
              html`<li>
                <time>${at.toLocaleTimeString()}</time> <strong>${name}</strong> <span class="note">${detail}</span>
              </li>`,
          )}
        </ol>
      `,
      place,
    );
  };

  for (const name of [...meetingEventNames, ...jitsiEventNames]) {
    meeting.addEventListener(name, (event) => {
      const detail = JSON.stringify((event as CustomEvent).detail, (key, value: unknown) =>
        key === 'error' && value instanceof Error ? value.message : value,
      );
      events.unshift({ at: new Date(), name, detail: (detail ?? '').slice(0, 300) });
      events.length = Math.min(events.length, longest);
      draw();
    });
  }
  draw();
}
