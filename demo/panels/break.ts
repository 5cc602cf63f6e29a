import { html, render } from 'lit';
import type { JitsiMeetingElement } from '../../src/index.js';
import { api, type Config } from '../api.js';

interface Fault {
  name: string;
  /** The properties that the element gets instead. */
  with: { tokenUrl?: string; apiSrc?: string };
}

const faults: readonly Fault[] = [
  ...(
    [
      ['expired token', 'expired'],
      ['wrong secret', 'wrong-secret'],
      ['token for another room', 'wrong-room'],
      ['token of 30 s', 'short-life'],
      ['backend down', 'down'],
      ['backend slow', 'slow'],
      ['signed out (401)', '401'],
      ['not allowed (403)', '403'],
      ['login page instead of a token', 'html'],
      ['no token at all', 'not-a-token'],
    ] as const
  ).map(([name, path]) => ({ name, with: { tokenUrl: `/api/broken/${path}` } })),
  { name: 'script down (404)', with: { apiSrc: '/api/no-such-script.js' } },
  { name: 'script not Jitsi’s', with: { apiSrc: '/api/broken/other-script' } },
];

/** Buttons that break one thing each; the meeting then shows what a visitor reads. */
export function breakPanel(place: HTMLElement, meeting: JitsiMeetingElement, config: Config): void {
  let broken: Fault | null = null;

  const set = async (fault: Fault | null): Promise<void> => {
    broken = fault;
    draw();
    await meeting.leave();
    meeting.tokenUrl = fault?.with.tokenUrl ?? api.tokenUrl;
    meeting.apiSrc = fault?.with.apiSrc;
    // Joins at once to show that it is mended, because not every failure offers another try.
    meeting.join().catch(() => {});
  };

  const draw = (): void => {
    if (!config.breakable) {
      render(
        html`<p class="note">Only with the local stand-in and the demo's people: real ones are left in peace.</p>`,
        place,
      );
      return;
    }
    render(
      html`
        <p class="note">
          Each breaks one thing and joins. The meeting shows what a visitor reads; <em>Watch</em> shows what the page
          gets.
        </p>
        <fieldset>
          <legend>Break</legend>
          ${faults.map(
            (fault) =>
              html`<button type="button" aria-pressed=${String(broken === fault)} @click=${() => set(fault)}>
                ${fault.name}
              </button>`,
          )}
        </fieldset>
        <button type="button" ?disabled=${!broken} @click=${() => set(null)}>Mend it</button>
      `,
      place,
    );
  };
  draw();
}
