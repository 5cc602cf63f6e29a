/** A part of the code that is fetched when it is first needed. A fetch that failed is tried again the next time. */
export class Late<Part> {
  /** Once it is there. */
  now: Part | undefined;
  #underWay: Promise<Part> | undefined;

  constructor(private readonly fetch: () => Promise<Part>) {}

  load(): Promise<Part> {
    return (this.#underWay ??= this.fetch().then(
      (part) => (this.now = part),
      (error: unknown) => {
        this.#underWay = undefined;
        throw error;
      },
    ));
  }

  /** The same for what can go on without it: `undefined` where it can't be fetched. */
  async tryToLoad(): Promise<Part | undefined> {
    return this.now ?? (await this.load().catch(() => undefined));
  }
}
