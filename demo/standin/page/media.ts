import type { Media } from '../protocol.js';

export interface MediaFailure {
  media: Media;
  /** As lib-jitsi-meet names it. */
  type: string;
  message: string;
}

const types: Readonly<Record<string, string>> = {
  NotAllowedError: 'gum.permission_denied',
  SecurityError: 'gum.permission_denied',
  NotFoundError: 'gum.not_found',
  OverconstrainedError: 'gum.constraint_failed',
};

/** The person's own camera and microphone. Asked for only when wanted, and given back when turned off. */
export class OwnMedia {
  readonly #streams = new Map<Media, MediaStream>();
  #closed = false;

  /** @param blocked whether camera and microphone are refused, whatever the browser says */
  constructor(private readonly blocked = false) {}

  has(media: Media): boolean {
    return this.#streams.has(media);
  }

  get camera(): MediaStream | undefined {
    return this.#streams.get('video');
  }

  /** @returns what failed; empty when everything works */
  async start(wanted: readonly Media[]): Promise<MediaFailure[]> {
    const failures = await Promise.all(wanted.map((media) => this.#open(media)));
    return failures.filter((failure) => failure !== undefined);
  }

  stop(media: Media): void {
    for (const track of this.#streams.get(media)?.getTracks() ?? []) track.stop();
    this.#streams.delete(media);
  }

  /** For good: a device that an open prompt still gives is given back at once. */
  stopAll(): void {
    this.#closed = true;
    this.stop('audio');
    this.stop('video');
  }

  async #open(media: Media): Promise<MediaFailure | undefined> {
    if (this.has(media)) return undefined;
    if (this.blocked) return { media, type: 'gum.permission_denied', message: 'Permission denied' };
    try {
      this.#streams.set(media, await navigator.mediaDevices.getUserMedia({ [media]: true }));
      if (this.#closed) this.stop(media);
      return undefined;
    } catch (error) {
      const { name, message } = error as DOMException;
      return { media, type: types[name] ?? 'gum.general', message };
    }
  }
}
