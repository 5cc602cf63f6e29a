// A stream to an XMPP server over BOSH (XEP-0124, XEP-0206), as Jitsi's client opens one, with `fetch` alone.
import { attribute, element, escapeXml } from './xml.js';
import type { DoctorWorld } from './types.js';

/** BOSH's own limit for an answer without news, in seconds; short, as the doctor polls. */
const wait = 5;
/** How long an answer is waited for before it counts as silence, in ms. */
export const patience = 10_000;

/** The server of the address isn't an XMPP server, or ended the stream. */
export class StreamError extends Error {
  constructor(
    /** `not-routed`: what answered isn't BOSH. `down`: the web server has nobody behind it. Else XMPP's condition. */
    readonly condition: string,
    message: string,
  ) {
    super(message);
  }
}

export class BoshStream {
  readonly #address: string;
  readonly #to: string;
  readonly #world: DoctorWorld;
  #request = Math.floor(Math.random() * 1e9);
  #session = '';

  /** @param query `room`, and `token` unless none is sent */
  constructor(address: string, query: Record<string, string>, to: string, world: DoctorWorld) {
    this.#address = `${address}?${new URLSearchParams(query)}`;
    this.#to = escapeXml(to);
    this.#world = world;
  }

  /** Opens the stream and resolves with its features. */
  async open(): Promise<string> {
    const answer = await this.#post(
      `to="${this.#to}" xml:lang="en" wait="${wait}" hold="1" ver="1.6" content="text/xml; charset=utf-8" ` +
        'xmpp:version="1.0" xmlns:xmpp="urn:xmpp:xbosh"',
    );
    this.#session = attribute(answer, 'sid') ?? '';
    if (!this.#session) throw new StreamError('not-routed', 'The answer has no session id.');
    return (await this.#until(answer, (xml) => element(xml, 'stream:features') ?? element(xml, 'features'))) ?? '';
  }

  /** Starts again after the login, and resolves with the features of then. */
  async restart(): Promise<string> {
    const answer = await this.#post(`to="${this.#to}" xmpp:restart="true" xmlns:xmpp="urn:xmpp:xbosh"`);
    return (await this.#until(answer, (xml) => element(xml, 'stream:features') ?? element(xml, 'features'))) ?? '';
  }

  /** Sends a stanza and resolves with what `find` finds in the answers, or `undefined` when there is silence. */
  async ask(stanza: string, find: (xml: string) => string | undefined): Promise<string | undefined> {
    return this.#until(await this.#post('', stanza), find);
  }

  async close(): Promise<void> {
    // The answer doesn't matter any more.
    await this.#post('type="terminate"').catch(() => {});
  }

  async #until(first: string, find: (xml: string) => string | undefined): Promise<string | undefined> {
    const end = this.#world.now() + patience;
    for (let answer = first; ; answer = await this.#post('')) {
      const found = find(answer);
      if (found !== undefined) return found;
      if (attribute(answer, 'type') === 'terminate') {
        const condition = attribute(answer, 'condition') ?? 'closed';
        throw new StreamError(condition, `The server ended the stream (${condition}).`);
      }
      if (this.#world.now() >= end) return undefined;
      await this.#world.wait(200);
    }
  }

  async #post(attributes: string, stanza = ''): Promise<string> {
    const session = this.#session && `sid="${escapeXml(this.#session)}" `;
    const body =
      `<body rid="${this.#request++}" ${session}${attributes} xmlns="http://jabber.org/protocol/httpbind">` +
      `${stanza}</body>`;
    const response = await this.#world.fetch(this.#address, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'text/xml; charset=utf-8' },
      redirect: 'manual',
      signal: AbortSignal.timeout(patience + wait * 1000),
    });
    const answer = await response.text();
    if ([502, 503, 504].includes(response.status))
      throw new StreamError('down', `The web server answers ${response.status}.`);
    if (!response.ok || !/^\s*(<\?xml[^>]*>\s*)?<body[\s/>]/.test(answer))
      throw new StreamError('not-routed', `The answer is ${response.status}, and not XMPP's.`);
    return answer;
  }
}
