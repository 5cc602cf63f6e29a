import { Hono } from 'hono';
import { html } from 'hono/html';
import { secureHeaders } from 'hono/secure-headers';
import type { Files } from './element-files.js';
import type { Person } from './person.js';
import type { Sessions } from './session.js';
import { signInPath } from './tokens.js';

export interface PageOptions {
  jitsiDomain: string;
  sessions: Sessions<Person>;
  files: Files;
}

/** The page that makes links for guests, the page that a link opens, and what they load. */
export function pageRoutes({ jitsiDomain, sessions, files }: PageOptions): Hono {
  const app = new Hono();
  const self = "'self'";
  const jitsi = `https://${jitsiDomain}`;
  const guard = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [self, jitsi],
      styleSrc: [self],
      imgSrc: [self, 'data:'],
      connectSrc: [self],
      frameSrc: [jitsi],
      baseUri: ["'none'"],
      formAction: [self],
      frameAncestors: ["'none'"],
    },
    // Jitsi's frame may open a window to sign in.
    crossOriginOpenerPolicy: false,
    // Jitsi's frame may know which site it is in, but not which link.
    referrerPolicy: 'strict-origin',
    // Whether the whole host is https is for the proxy in front to say.
    strictTransportSecurity: false,
  });

  app.get('/', (context) => context.redirect('/invitations'));
  app.get('/invitations', guard, async (context) => {
    if (!(await sessions.read(context))) return context.redirect(`${signInPath}?returnTo=/invitations`);
    context.header('Cache-Control', 'no-store');
    return context.html(invitationsPage());
  });
  app.get('/guest', guard, (context) => {
    context.header('Cache-Control', 'no-store');
    return context.html(guestPage());
  });
  for (const folder of ['/element/*', '/pages/*']) {
    app.get(folder, guard, (context) => {
      const file = Object.hasOwn(files, context.req.path) ? files[context.req.path] : undefined;
      if (!file) return context.notFound();
      const isHashed = context.req.path.startsWith('/element/jitsi-meeting/');
      return context.body(file.content, 200, {
        'Content-Type': file.type,
        'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      });
    });
  }
  return app;
}

const head = (title: string) =>
  html`<meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="stylesheet" href="/pages/pages.css" />`;

const invitationsPage = () =>
  html`<!doctype html>
    <html lang="en">
      <head>
        ${head('Links for guests')}
        <script type="module" src="/pages/invitations.js"></script>
      </head>
      <body>
        <main>
          <h1>Links for guests</h1>
          <form id="make">
            <label>Room <input name="room" required maxlength="500" autocomplete="off" /></label>
            <label>Tenant, if there are several <input name="tenant" maxlength="100" autocomplete="off" /></label>
            <label
              >The guest’s name; empty: the guest is asked <input name="name" maxlength="100" autocomplete="off"
            /></label>
            <label
              >Role
              <select name="role">
                <option value="">as usual</option>
                <option>participant</option>
                <option>visitor</option>
                <option>moderator</option>
              </select>
            </label>
            <label>From <input name="from" type="datetime-local" /></label>
            <label>Until <input name="until" type="datetime-local" /></label>
            <label>How many guests <input name="uses" type="number" min="1" max="500" value="1" /></label>
            <button>Make a link</button>
            <button type="button" id="show">Show the room’s links</button>
            <button type="button" id="sign-out">Sign out</button>
          </form>
          <p id="message" role="status"></p>
          <p id="made" hidden>
            <label>The link; it is shown only now <input id="link" readonly /></label>
            <a id="calendar" download="meeting.ics">Calendar file</a>
          </p>
          <ul id="list"></ul>
        </main>
      </body>
    </html>`;

const guestPage = () =>
  html`<!doctype html>
    <html lang="en">
      <head>
        ${head('Join the meeting')}
        <script type="module" src="/element/jitsi-meeting.js"></script>
        <script type="module" src="/pages/guest.js"></script>
      </head>
      <body>
        <main id="entry">
          <h1 id="room">Join the meeting</h1>
          <p id="message" role="status">One moment …</p>
          <form id="join" hidden>
            <label id="name-field">Your name <input name="name" required maxlength="100" autocomplete="name" /></label>
            <button>Join</button>
          </form>
          <noscript><p>This page needs JavaScript.</p></noscript>
        </main>
      </body>
    </html>`;
