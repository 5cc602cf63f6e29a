// Preflight loads this when it gets a public key. The page loads it in advance, so that no request follows a pasted
// token.
import 'jose/key/import';
import { html, nothing, render } from 'lit';
import { decodeToken } from '../../src/claims/index.js';
import { preflight } from '../../src/preflight/index.js';
import type { Config } from '../api.js';
import { code } from '../copy.js';
import { commandFor } from './inspect/command.js';
import { editor, type Draft } from './inspect/editor.js';
import { deploymentOf, firstFields, presets, toPreset, type Fields, type Preset } from './inspect/deployments.js';
import { exampleNames, exampleSecret, makeExample } from './inspect/examples.js';
import { readPasted } from './inspect/pasted.js';
import { readOff } from './inspect/read-off.js';
import { headline, report, type Inspection } from './inspect/report.js';
import { signAnew } from './inspect/sign.js';

/** Says what a deployment will say of a token. All of it happens in the page: nothing is sent or stored. */
export async function tokenPanel(place: HTMLElement, config: Config): Promise<void> {
  const room = config.rooms[0] ?? 'demo';
  const fields = firstFields(room);
  let text = '';
  let inspection: Inspection | null = null;
  let asked = 0;
  /** What the settings were taken from, if that isn't the demo. */
  let notice = '';
  let draft: Draft | null = null;

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
    draft = null;
    // An example's key is of no use for another token.
    if (fields.key === exampleSecret) fields.key = '';
    const read = readOff(readPasted(text), fields, config);
    notice = read.notice;
    change(read.fields);
  };

  const showExample = async (name: string): Promise<void> => {
    // Only where the secret is the example's own can its signature be checked.
    const preset = fields.preset === 'docker' ? 'docker' : 'selfHosted';
    notice = '';
    draft = null;
    Object.assign(fields, toPreset(preset, fields), { room, roomTyped: false, tenant: '', key: exampleSecret });
    text = await makeExample(name, fields, Date.now());
    await inspect();
    // On a phone the report is far below.
    const verdict = place.querySelector('.headline')!;
    if (verdict.getBoundingClientRect().top > innerHeight) verdict.scrollIntoView();
  };

  const sign = async (changed: Draft): Promise<void> => {
    draft = changed;
    try {
      text = await signAnew(changed.header, changed.payload, changed.key);
      draft = { ...changed, problem: '' };
      // The same secret checks what it signed.
      change(/"HS\d+"/.test(changed.header) ? { key: changed.key } : {});
    } catch (error) {
      draft = { ...changed, problem: (error as Error).message };
      draw();
    }
  };

  const field = (name: 'domain' | 'appId' | 'room' | 'tenant' | 'issuer' | 'audience', label: string) =>
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
    const isOwn = ['selfHosted', 'docker', 'keycloak'].includes(fields.preset);
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
          <p class="note" id="inspect-stays">
            Nothing is sent anywhere, and nothing is kept: it all happens in this page.
          </p>
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
            ${fields.preset === 'keycloak' ? html`${field('issuer', 'Issuer')} ${field('audience', 'Audience')}` : nothing}
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
                  <span>verifies the domain (<code>enable_domain_verification</code>)</span>
                </label>`
              : nothing
          }
          <label for="inspect-key">
            ${['jaas', 'keycloak'].includes(fields.preset) ? 'Public key' : 'Secret or public key'}, to check the
            signature; may be left out
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
          ${notice ? html`<p class="card notice">${notice}</p>` : nothing}
          ${
            inspection
              ? html`${report(inspection)} ${inspection.decoded ? editor(inspection.decoded, draft, sign) : nothing}
                  <h3>The same on the command line</h3>
                  <p class="note small">It reads the token from its input: paste it there, then Ctrl+D.</p>
                  ${code(commandFor(fields, deploymentOf(fields, config.deployment, undefined)), 'Command')}`
              : html`<p class="note">Paste a token, or try an example.</p>`
          }
        </div>
      `,
      place,
    );
  };
  draw();
}
