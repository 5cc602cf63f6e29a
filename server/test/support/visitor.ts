export interface Answer {
  response: Response;
  /** Where the answer leads to, or else the address that was asked. */
  url: URL;
}

/** What answers of the server may hold; a test looks at what it expects. */
export interface AnswerBody {
  token: string;
  ref: string;
  url: string;
  ics: string;
  ready: boolean;
}

/** A browser: cookies by origin, redirects one at a time. */
export class Visitor {
  readonly #jars = new Map<string, Map<string, string>>();
  /** The server's own origin. */
  readonly home: string;

  constructor(home: string) {
    this.home = home;
  }

  async go(address: string | URL, init: RequestInit = {}): Promise<Answer> {
    const url = new URL(address, this.home);
    const jar = this.cookies(url.origin);
    const headers = new Headers(init.headers);
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (value) jar.set(name!, value);
      else jar.delete(name!);
    }
    const location = response.headers.get('location');
    return { response, url: location ? new URL(location, url) : url };
  }

  cookies(origin = this.home): Map<string, string> {
    const jar = this.#jars.get(origin) ?? new Map<string, string>();
    this.#jars.set(origin, jar);
    return jar;
  }

  /** Follows redirects and fills in the provider's pages, up to the way back to this server. */
  async atProvider(start: URL, login: string): Promise<URL> {
    let next = start;
    for (let step = 0; step < 12; step += 1) {
      if (next.origin === this.home) return next;
      const { response, url } = await this.go(next);
      if (response.status >= 300) {
        next = url;
        continue;
      }
      const page = await response.text();
      const action = /<form[^>]*action="([^"]+)"/.exec(page)![1]!;
      const prompt = /name="prompt" value="([^"]+)"/.exec(page)![1]!;
      const body = new URLSearchParams({ prompt, login, password: 'x' });
      next = (await this.go(new URL(action, next), { method: 'POST', body })).url;
    }
    throw new Error('The provider did not send the visitor back.');
  }

  async signIn(login: string, returnTo = '/'): Promise<Answer> {
    const { url } = await this.go(`/api/oidc/sign-in?${new URLSearchParams({ returnTo })}`);
    return this.go(await this.atProvider(url, login));
  }

  /** POST of JSON from a page of the server itself. */
  async post(
    path: string,
    body: unknown = {},
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: AnswerBody }> {
    const { response } = await this.go(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.home, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text || '{}') as AnswerBody };
  }
}
