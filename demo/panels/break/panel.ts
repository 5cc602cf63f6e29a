import { html, nothing, render, type TemplateResult } from 'lit';
import { explanations } from 'demo-tables';
import type { Config } from '../../api.js';
import { isActive } from '../../people.js';
import type { Stage } from '../../stage.js';
import { keepInAddress, route } from '../../tabs.js';
import { faults, troubleConfig, type Fault } from './faults.js';

const all = Object.values(faults).flat();

/** Buttons that break one thing each. The meeting shows what a visitor reads then; the panel, what the page gets. */
export async function breakPanel(place: HTMLElement, stage: Stage, config: Config): Promise<void> {
  const { meeting } = stage;
  let broken: Fault | null = null;
  let seconds = 5;
  let undo: (() => void) | undefined;
  let running = new AbortController();
  /** The newest entry of the log when the fault began. */
  let since = stage.log.entries[0];

  function setProperties(fault: Fault | null): void {
    const [, query = ''] = stage.tokenUrl().split('?');
    const other = fault?.tokenUrl?.(seconds);
    meeting.tokenUrl = other ? `${other}${other.includes('?') ? '&' : '?'}${query}` : stage.tokenUrl();
    meeting.apiSrc = fault?.apiSrc ?? config.apiSrc;
    meeting.configOverwrite = troubleConfig(fault?.trouble);
    meeting.password = undefined;
  }

  async function breakIt(fault: Fault): Promise<void> {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    undo?.();
    broken = fault;
    keepInAddress('break', { fault: fault.name });
    since = stage.log.entries[0];
    draw();
    meeting.scrollIntoView({ block: 'nearest' });
    await meeting.leave();
    if (signal.aborted) return;
    setProperties(fault);
    undo = fault.around?.();
    const joining = meeting.join();
    if (!fault.inMeeting) return void joining.catch(() => {});
    await joining.catch(() => {});
    if (!signal.aborted && meeting.state === 'joined') await fault.inMeeting(meeting, signal);
  }

  async function mend(): Promise<void> {
    running.abort();
    const fault = broken;
    broken = null;
    keepInAddress('break', {});
    undo?.();
    undo = undefined;
    setProperties(null);
    draw();
    // What waits goes on by itself. What has failed joins, because not every failure offers another try.
    if (fault?.mend && isActive(meeting)) return fault.mend(meeting);
    if (meeting.state === 'joined' && !fault?.inMeeting) return;
    if (isActive(meeting)) await meeting.leave();
    meeting.join().catch(() => {});
  }

  const button = (fault: Fault): TemplateResult => html`
    <button
      type="button"
      aria-pressed=${String(broken === fault)}
      @click=${() => (broken === fault ? mend() : breakIt(fault))}
    >
      ${fault.name}
    </button>
  `;

  const slider = (): TemplateResult => html`
    <label class="slider">
      <span>Slow: <output>${seconds} s</output></span>
      <input
        type="range"
        min="1"
        max="25"
        .value=${String(seconds)}
        @input=${(event: Event) => {
          seconds = Number((event.target as HTMLInputElement).value);
          draw();
        }}
        @change=${() => breakIt(all.find(({ name }) => name === 'backend slow')!)}
      />
    </label>
  `;

  const draw = (): void =>
    void render(
      html`
        <p class="note">
          Each button breaks one thing and joins; press it again to mend it. The meeting shows what a visitor reads.
        </p>
        ${broken ? told(broken) : nothing}
        ${Object.entries(faults).map(
          ([group, members]) =>
            html`<fieldset>
              <legend>${group}</legend>
              ${members.map(button)} ${group === 'The backend' ? slider() : nothing}
            </fieldset>`,
        )}
      `,
      place,
    );

  function told(fault: Fault): TemplateResult {
    const { code, lines } = whatThePageGets();
    const explained = code === undefined ? undefined : explanations[code];
    return html`
      <div class="card told" role="status">
        <div class="row">
          <h2>${fault.name}</h2>
          <button type="button" class="primary" @click=${mend}>Mend it</button>
        </div>
        <dl>
          <dt>What happens</dt>
          <dd>${fault.what}</dd>
          <dt>The page gets</dt>
          <dd>${lines.length > 0 ? lines : html`<span class="note">nothing yet</span>`}</dd>
          <dt>The docs say</dt>
          <dd>
            ${
              explained
                ? html`${prose(explained.meaning)} ${prose(explained.fix)}
                    <a href="read/docs/reference/errors.md">All codes</a>`
                : fault.docs
                  ? prose(fault.docs)
                  : html`<span class="note">–</span>`
            }
          </dd>
        </dl>
      </div>
    `;
  }

  /** What the element has told since the fault began: its error, its warnings, its states. */
  function whatThePageGets(): { code: string | undefined; lines: TemplateResult[] } {
    const { entries } = stage.log;
    const end = since ? entries.indexOf(since) : -1;
    const entriesSince = (end < 0 ? entries : entries.slice(0, end)).filter(({ meeting: which }) => which === 'first');
    const last = entriesSince.find(({ name }) => name === 'meeting-error' || name === 'meeting-warning');
    const detail = last && (JSON.parse(last.detail) as Record<string, unknown>);
    const error = (detail?.['error'] ?? detail) as { code: string; message: string; hint: string } | undefined;
    const change = entriesSince.find(({ name }) => name === 'meeting-state-change');
    const { state, reason } = (change ? JSON.parse(change.detail) : {}) as { state?: string; reason?: string };
    return {
      code: error?.code,
      lines: [
        ...(last && error
          ? [html`<p><code>${last.name}</code> <strong>${error.code}</strong>: ${error.message} ${error.hint}</p>`]
          : []),
        ...(state
          ? [
              html`<p>
                <code>meeting-state-change</code> ${state}${reason ? html`, <strong>${reason}</strong>` : nothing}
              </p>`,
            ]
          : []),
      ],
    };
  }

  stage.log.addEventListener('change', () => {
    if (broken && !place.hidden) draw();
  });
  draw();
  const asked = all.find(({ name }) => name === route().query.get('fault'));
  if (asked) await stage.ready.then(() => breakIt(asked));
}

/** Names stand between backticks. */
const prose = (text: string): (TemplateResult | string)[] =>
  text.split('`').map((part, index) => (index % 2 ? html`<code>${part}</code>` : part));
