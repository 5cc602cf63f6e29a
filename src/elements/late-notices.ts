import { later } from './later.js';
import type { Notice, Notices } from './notices.js';

/** So much is kept for them, as their code may never come. */
const mostUntold = 200;

/** The notices of an element. What happens before their code is there they are told later. */
export class LateNotices {
  #notices: Notices | undefined;
  #untold: ((notices: Notices) => void)[] = [];

  get all(): Notice[] {
    return this.#told()?.all ?? [];
  }

  tell(of: (notices: Notices) => void): void {
    if (this.#untold.length < mostUntold) this.#untold.push(of);
    this.#told();
  }

  #told(): Notices | undefined {
    if (!later.now) return undefined;
    const notices = (this.#notices ??= new later.now.Notices(navigator.userAgent));
    for (const tell of this.#untold.splice(0)) tell(notices);
    return notices;
  }
}
