import { html, nothing, render } from 'lit';
import type { JitsiMeetingElement } from '../../src/index.js';
import { api, type Config, type Person } from '../api.js';

interface Parts {
  config: Config;
  people: readonly Person[];
  me: Person | null;
  tag: HTMLElement;
}

/** Choose person and room, join and leave. */
export function tryPanel(place: HTMLElement, meeting: JitsiMeetingElement, parts: Parts): void {
  let { me } = parts;
  meeting.room = parts.config.rooms[0] ?? 'demo';

  const signIn = async (person: Person): Promise<void> => {
    me = await api.signIn(person.id);
    draw();
  };
  const signOut = async (): Promise<void> => {
    await api.signOut();
    me = null;
    draw();
  };
  const choose = (property: 'domain' | 'room', event: Event): void => {
    meeting[property] = (event.target as HTMLInputElement).value;
    draw();
  };

  const draw = (): void => {
    const active = !['idle', 'ended', 'failed'].includes(meeting.state);
    const tokenUrl = meeting.tokenUrl === undefined ? '' : ` token-url="${meeting.tokenUrl}"`;
    parts.tag.textContent = `<jitsi-meeting domain="${meeting.domain}" room="${meeting.room}"${tokenUrl}></jitsi-meeting>`;
    render(
      html`
        <fieldset ?hidden=${api.tokenUrl === undefined}>
          <legend>Signed in as</legend>
          ${me && !parts.people.some(({ id }) => id === me?.id) ? html`<span>${me.name}</span>` : nothing}
          ${parts.config.signIn === null ? nothing : html`<a href=${parts.config.signIn}>Sign in</a>`}
          ${parts.people.length > 0 || parts.config.signIn !== null ? nothing : html`<a href="/api/sign-in">How to sign in</a>`}
          ${parts.people.map(
            (person) =>
              html`<button type="button" aria-pressed=${String(me?.id === person.id)} @click=${() => signIn(person)}>
                ${person.name} (${person.groups[0]?.replace(/s$/, '')})
              </button>`,
          )}
          <button type="button" aria-pressed=${String(me === null)} @click=${signOut}>nobody</button>
        </fieldset>
        <div class="row">
          ${
            api.tokenUrl === undefined
              ? html`<label>
                  Domain
                  <input .value=${meeting.domain} @change=${(event: Event) => choose('domain', event)} />
                </label>`
              : nothing
          }
          <label>
            Room
            <input list="rooms" .value=${meeting.room} @change=${(event: Event) => choose('room', event)} />
          </label>
          <datalist id="rooms">${parts.config.rooms.map((room) => html`<option value=${room}></option>`)}</datalist>
          ${
            active
              ? html`<button type="button" @click=${() => meeting.leave()}>Leave</button>`
              : html`<button class="primary" type="button" @click=${() => meeting.join().catch(() => {})}>Join</button>`
          }
        </div>
      `,
      place,
    );
  };
  meeting.addEventListener('meeting-state-change', draw);
  draw();
}
