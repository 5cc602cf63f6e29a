import { html, nothing, render, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { JitsiMeetingElement } from '../src/index.js';
import { api, type Config, type Person } from './api.js';
import { EventLog } from './log.js';
import { firstPerson, groupOf, isActive, keepPerson, tokenUrlOf, type Seat } from './people.js';

interface StageParts {
  meeting: JitsiMeetingElement;
  config: Config;
  people: readonly Person[];
  me: Person | null;
  places: Record<'people' | 'meetings' | 'facts', HTMLElement>;
}

/** The meeting that is always in sight, with the people who are in it from this page. */
export interface Stage {
  readonly log: EventLog;
  readonly meeting: JitsiMeetingElement;
  /** When the first person is signed in. */
  readonly ready: Promise<void>;
  /** The token endpoint of the person who sits in the first meeting. */
  tokenUrl(): string;
}

const join = (seat: Seat): void => void seat.meeting.join().catch(() => {});

export function createStage({ meeting, config, people, me, places }: StageParts): Stage {
  const log = new EventLog();
  const first: Seat = { title: 'first', meeting, person: null };
  let second: Seat | null = null;
  let roomIsMissing = false;
  /** Why the first meeting has ended. */
  let reason: string | undefined;

  const tokenUrl = (seat: Seat): string => tokenUrlOf(seat.person, people);

  function setUp(seat: Seat): void {
    Object.assign(seat.meeting, { domain: config.domain, tokenUrl: tokenUrl(seat), apiSrc: config.apiSrc });
    seat.meeting.addEventListener('meeting-state-change', ({ detail }) => {
      if (seat === first) ({ reason } = detail);
      draw();
    });
    for (const name of ['token-received', 'token-renewed', 'participantRoleChanged'])
      seat.meeting.addEventListener(name, () => setTimeout(draw));
    log.watch(seat.meeting, seat.title);
  }

  async function seatAs(seat: Seat, person: Person | null): Promise<void> {
    const isOfDemo = people.some(({ id }) => id === person?.id);
    if (isOfDemo) await api.signIn(person!.id);
    seat.person = person;
    if (seat === first) keepPerson(isOfDemo ? person : null);
    const wasActive = isActive(seat.meeting);
    if (wasActive) await seat.meeting.leave();
    seat.meeting.tokenUrl = tokenUrl(seat);
    draw();
    if (wasActive) join(seat);
  }

  const choosePerson = (seat: Seat) => (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    void seatAs(seat, people.find(({ id }) => id === value) ?? null);
  };

  function chooseRoom(event: Event): void {
    const room = (event.target as HTMLInputElement).value.trim();
    roomIsMissing = room === '';
    if (room) for (const seat of seats()) seat.meeting.room = room;
    draw();
  }

  const seats = (): Seat[] => (second ? [first, second] : [first]);

  async function addSecond(): Promise<void> {
    const other = document.createElement('jitsi-meeting');
    const { room, tenant } = meeting;
    // Two microphones in one place would howl.
    Object.assign(other, {
      id: 'second',
      room,
      tenant,
      loading: 'click',
      startAudioMuted: true,
      startVideoMuted: true,
    });
    second = { title: 'second', meeting: other, person: null };
    setUp(second);
    places.meetings.append(other);
    await seatAs(second, people.find(({ id }) => id !== first.person?.id) ?? people[0]!);
    if (!isActive(meeting)) join(first);
    join(second);
  }

  async function removeSecond(): Promise<void> {
    const leaving = second?.meeting;
    second = null;
    draw();
    await leaving?.leave();
    leaving?.remove();
  }

  const whoSelect = (seat: Seat, label: string): TemplateResult => html`
    <label>
      ${label}
      <select @change=${choosePerson(seat)} .value=${live(seat.person?.id ?? '')}>
        ${people.map(
          (person) =>
            html`<option value=${person.id} ?selected=${seat.person?.id === person.id}>
              ${person.name} (${groupOf(person)})
            </option>`,
        )}
        <option value="" ?selected=${seat.person === null}>nobody</option>
      </select>
    </label>
  `;

  const who = (): TemplateResult =>
    people.length > 0
      ? whoSelect(first, 'You are')
      : html`<p class="note">
          ${first.person ? html`You are <b>${first.person.name}</b>.` : nothing}
          <a href=${config.signIn ?? 'api/sign-in'}>${config.signIn === null ? 'How to sign in' : 'Sign in'}</a>
        </p>`;

  const goButton = (seat: Seat): TemplateResult =>
    isActive(seat.meeting)
      ? html`<button type="button" @click=${() => seat.meeting.leave()}>Leave</button>`
      : html`<button type="button" class="primary" ?disabled=${roomIsMissing} @click=${() => join(seat)}>Join</button>`;

  function draw(): void {
    render(
      html`
        <div class="row">
          ${who()}
          <label>
            Room
            <input
              list="rooms"
              autocomplete="off"
              aria-describedby=${roomIsMissing ? 'room-missing' : nothing}
              aria-invalid=${String(roomIsMissing)}
              .value=${live(roomIsMissing ? '' : meeting.room)}
              @change=${chooseRoom}
            />
          </label>
          <datalist id="rooms">${config.rooms.map((room) => html`<option value=${room}></option>`)}</datalist>
          ${goButton(first)}
          ${
            people.length === 0
              ? nothing
              : second
                ? html`${whoSelect(second, 'With you')} <button type="button" @click=${removeSecond}>Remove</button>`
                : html`<button type="button" @click=${addSecond}>Second person</button>`
          }
        </div>
        ${roomIsMissing ? html`<p class="note small" id="room-missing" role="status">Give the meeting a name first.</p>` : nothing}
      `,
      places.people,
    );
    const { state, meetingRole, tokenExpiresAt, error } = meeting;
    render(
      html`
        <span>State <b id="state">${state}</b>${state === 'ended' && reason ? ` (${reason})` : nothing}</span>
        <span>Role <b>${meetingRole.name}</b> (source: ${meetingRole.source})</span>
        <span>Token until <b>${tokenExpiresAt?.toLocaleTimeString() ?? '–'}</b></span>
        ${error ? html`<span>Error <b id="code">${error.code}</b></span>` : nothing}
      `,
      places.facts,
    );
  }

  setUp(first);
  draw();
  const ready = seatAs(first, firstPerson(people, me));
  return { log, meeting, ready, tokenUrl: () => tokenUrl(first) };
}
