import { createHash } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { html, raw } from 'hono/html';
import { forbidden, isOwnPath } from '../../src/server/index.js';
import type { Sessions } from '../../server/src/session.js';
import { groupsOf, people, type Person } from './people.js';

export interface SignInWays {
  /** By a click, as one of the demo's people. */
  people: boolean;
  oidc: boolean;
}

/** Sign-in as one of the demo's people: JSON for the demo page, a form for people whom Jitsi sends here. */
export function signInRoutes(
  sessions: Sessions<Person>,
  seats: ReadonlyMap<string, Sessions<Person>>,
  ways: SignInWays,
): Hono {
  const known = ways.people ? people : [];
  const app = new Hono();
  app.get('/people', (context) => context.json(known.map(publicView)));
  app.get('/me', async (context) => {
    const person = await sessions.read(context);
    return context.json({ person: person && publicView(person) });
  });
  app.get('/sign-in', (context) => context.html(signInPage(returnToOf(context), known, ways.oidc)));
  app.post('/sign-in', async (context) => {
    if (!ways.people) return forbidden('The demo’s people can’t sign in to this deployment.').toResponse();
    const isForm = context.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
    const body = isForm ? context.req.parseBody() : context.req.json();
    const person = findPerson(await body.catch(() => null));
    if (!person) return forbidden('There is nobody of that name in the demo.').toResponse();
    await sessions.start(context, person);
    await seats.get(person.id)?.start(context, person);
    return isForm ? context.redirect(returnToOf(context), 303) : context.json({ person: publicView(person) });
  });
  app.post('/sign-out', async (context) => {
    for (const one of [sessions, ...seats.values()]) await one.end(context);
    return context.body(null, 204);
  });
  return app;
}

/** Where to go after signing in: a path of this origin, else the demo page. */
export function returnToOf(context: Context): string {
  const returnTo = context.req.query('returnTo') ?? '/';
  return isOwnPath(returnTo) ? returnTo : '/';
}

function findPerson(body: unknown): Person | undefined {
  const id = typeof body === 'object' && body !== null && 'person' in body ? body.person : null;
  return people.find((candidate) => candidate.id === id);
}

function publicView(person: Person): Pick<Person, 'id' | 'name' | 'groups'> {
  const { id, name } = person;
  return { id, name, groups: groupsOf(person) };
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f7f8fa, #101216); color: light-dark(#16181d, #eef1f6); }
body { display: grid; place-content: center; min-height: 100dvh; margin: 0; padding: 1rem; box-sizing: border-box; }
main { width: min(24rem, 100%); padding: 1.5rem; box-sizing: border-box; border: 1px solid light-dark(#d9dde4, #333a47); border-radius: 14px; background: light-dark(#fff, #1a1d24); }
h1 { margin: 0 0 0.25rem; font-size: 1.35rem; }
p { margin: 0 0 1rem; color: light-dark(#4b5260, #aeb6c4); }
form { display: grid; gap: 0.6rem; }
button, .button { display: block; box-sizing: border-box; width: 100%; min-height: 2.75rem; padding: 0.5rem 1rem; font: inherit; font-weight: 600; text-align: start; text-decoration: none; color: inherit; border: 1px solid light-dark(#d9dde4, #333a47); border-radius: 8px; background: light-dark(#f7f8fa, #101216); cursor: pointer; }
button span { font-weight: 400; color: light-dark(#4b5260, #aeb6c4); }
button:hover, .button:hover { border-color: light-dark(#0b5cd5, #7fb2ff); }
:focus-visible { outline: 3px solid light-dark(#0b5cd5, #7fb2ff); outline-offset: 2px; }
`;

/** What the page's policy lets in: this style and no other. */
export const signInStyle = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

function signInPage(returnTo: string, known: readonly Person[], hasOidc: boolean) {
  const query = new URLSearchParams({ returnTo }).toString();
  const form = html`<p>Choose who you are. The demo’s people have no password.</p>
    <form method="post" action="/api/sign-in?${query}">
      ${known.map(
        ({ id, name, groups }) =>
          html`<button name="person" value="${id}">${name} <span>(${groups.join(', ')})</span></button>`,
      )}
    </form>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Sign in</title>
        ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        <main>
          <h1>Sign in to the demo</h1>
          ${known.length > 0 ? form : ''}
          ${hasOidc ? html`<p><a class="button" href="/api/oidc/sign-in?${query}">Sign in with OpenID Connect</a></p>` : ''}
          ${known.length === 0 && !hasOidc ? html`<p>Nobody can sign in here yet. ${howToSignIn}</p>` : ''}
        </main>
      </body>
    </html>`;
}

/** The answer of a demo without a way to sign in, for the person who runs it. */
export const howToSignIn =
  'Set OIDC_ISSUER to let people of an identity provider in, or DEMO_PEOPLE=1 to be one of the demo’s people on this machine.';
