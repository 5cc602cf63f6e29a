// Preflight loads this when it gets a public key. The page loads it in advance, so that no request follows a pasted
// token.
import 'jose/key/import';
import { html, nothing, render } from 'lit';
import { decodeToken, type Claims } from '../../src/claims/index.js';
import { preflight } from '../../src/preflight/index.js';
import type { Config } from '../api.js';
import { deploymentOf, firstFields, presets, toPreset, type Fields, type Preset } from './inspect/deployments.js';
import { exampleNames, exampleSecret, makeExample } from './inspect/examples.js';
import { readPasted, type Pasted } from './inspect/pasted.js';
import { headline, report, type Inspection } from './inspect/report.js';

/** Says what a deployment will say of a token. All of it happens in the page: nothing is sent or stored. */
export function inspectPanel(place: HTMLElement, config: Config): void {
  const room = config.rooms[0] ?? 'demo';
  const fields = firstFields(room);
  let text = '';
  let inspection: Inspection | null = null;
  let asked = 0;

  const inspect = async (): Promise<void> => {
    const turn = ++asked;
    const { token } = readPasted(text);
    const decoded = token === null ? null : decodeToken(token);
    const deployment = deploymentOf(fields, config.deployment, decoded?.header?.kid);
    const at = new Date();
    const request = { room: fields.room, tenant: fields.tenant || null, now: at };
    const result = text.trim() ? await preflight(token, deployment, request) : null;
    // Further typing has asked anew.
    if (turn !== asked) return;
    inspection = result && { preflight: result, decoded, room: fields.room, at };
    draw();
  };

  const change = (changes: Partial<Fields>): void => {
    Object.assign(fields, changes);
    draw();
    void inspect();
  };

  const paste = (event: Event): void => {
    text = (event.target as HTMLTextAreaElement).value;
    change(readOff(readPasted(text), fields, config.domain));
  };

  const showExample = async (name: string): Promise<void> => {
    // Only where the secret is the example's own can its signature be checked.
    const preset = fields.preset === 'docker' ? 'docker' : 'selfHosted';
    Object.assign(fields, toPreset(preset, fields), { room, roomTyped: false, tenant: '', key: exampleSecret });
    text = await makeExample(name, fields, Date.now());
    await inspect();
    // On a phone the report is far below.
    const verdict = place.querySelector('.headline')!;
    if (verdict.getBoundingClientRect().top > innerHeight) verdict.scrollIntoView();
  };

  const field = (name: 'domain' | 'appId' | 'room' | 'tenant', label: string) =>
    html`<label>
      ${label}
      <input
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        .value=${fields[name]}
        @input=${(event: Event) =>
          change({ [name]: (event.target as HTMLInputElement).value, ...(name === 'room' && { roomTyped: true }) })}
      />
    </label>`;

  const draw = (): void => {
    const isOwn = fields.preset === 'selfHosted' || fields.preset === 'docker';
    render(
      html`
        <div class="form">
          <label for="inspect-token">Token, or a meeting’s link with <code>?jwt=</code></label>
          <textarea
            id="inspect-token"
            rows="5"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-describedby="inspect-stays"
            .value=${text}
            @input=${paste}
          ></textarea>
          <p class="note" id="inspect-stays">It stays in this page: nothing is sent, and nothing kept.</p>
          <fieldset>
            <legend>Deployment</legend>
            ${Object.entries(presets).map(
              ([preset, name]) =>
                html`<button
                  type="button"
                  aria-pressed=${String(fields.preset === preset)}
                  @click=${() => change(toPreset(preset as Preset, fields))}
                >
                  ${name}
                </button>`,
            )}
          </fieldset>
          <div class="fields">
            ${isOwn ? html`${field('domain', 'XMPP domain')} ${field('appId', 'App ID')}` : nothing}
            ${field('room', 'Meeting to enter')} ${field('tenant', 'Tenant, if any')}
          </div>
          ${
            isOwn
              ? html`<label class="check">
                  <input
                    type="checkbox"
                    .checked=${fields.domainVerification}
                    @change=${(event: Event) =>
                      change({ domainVerification: (event.target as HTMLInputElement).checked })}
                  />
                  verifies the domain (<code>enable_domain_verification</code>)
                </label>`
              : nothing
          }
          <label for="inspect-key">
            ${fields.preset === 'jaas' ? 'Public key' : 'Secret or public key'}, to check the signature; may be left out
          </label>
          <textarea
            id="inspect-key"
            rows="2"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            .value=${fields.key}
            @input=${(event: Event) => change({ key: (event.target as HTMLTextAreaElement).value })}
          ></textarea>
          <fieldset class="examples">
            <legend>Examples, made in this page</legend>
            ${exampleNames.map(
              (name) => html`<button type="button" @click=${() => showExample(name)}>${name}</button>`,
            )}
          </fieldset>
        </div>
        <div class="report">
          <p class="headline" role="status">${inspection ? headline(inspection) : nothing}</p>
          ${inspection ? report(inspection) : html`<p class="note">Paste a token, or try an example.</p>`}
        </div>
      `,
      place,
    );
  };
  draw();
}

/** The deployment and the room that a pasted link or token names. */
function readOff({ token, meeting }: Pasted, fields: Fields, ownDomain: string): Partial<Fields> {
  if (meeting) {
    const { domain, tenant, room } = meeting;
    const known: Record<string, Preset> = { [ownDomain]: 'demo', '8x8.vc': 'jaas' };
    const preset = known[domain] ?? (fields.preset === 'docker' ? 'docker' : 'selfHosted');
    const host = domain.replace(/:\d+$/, '');
    return {
      ...toPreset(preset, fields),
      room,
      tenant: tenant ?? '',
      ...(preset === 'selfHosted' && { domain: host }),
    };
  }
  const claims = decodeToken(token ?? '').claims ?? {};
  const { room, sub } = claims;
  // A question about one room must not get the answer for another.
  const isName = !fields.roomTyped && typeof room === 'string' && room !== '' && room !== '*' && !isPattern(claims);
  const isJaas = typeof sub === 'string' && sub.startsWith('vpaas-magic-cookie-');
  return { ...(isName && { room }), ...(isJaas && { ...toPreset('jaas', fields), tenant: sub }) };
}

function isPattern({ context }: Claims): boolean {
  const { room } = (context ?? {}) as { room?: { regex?: unknown } };
  return Boolean(room?.regex);
}
