import type { Faults } from './faults.js';

/** What the server tells the conference page about itself. */
export interface PageFacts {
  pace: number;
  weight: boolean;
  /** Name of the recording to play instead of holding a conference. */
  scene: string | null;
  fault: Faults['frame'];
  /** Where there is no server, a worker of the browser is the stand-in's. */
  server?: 'worker';
}

/** Bytes of the real app on the wire. */
const appWeight = 2_350_000;

const weightTag = (weight: boolean): string => (weight ? '<script src="/libs/app.bundle.min.js"></script>' : '');

export function meetingPage(facts: PageFacts): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Stand-in for Jitsi Meet</title>
<link rel="stylesheet" href="/_standin/page.css">
<script type="application/json" id="facts">${JSON.stringify(facts).replaceAll('<', '\\u003c')}</script>
${weightTag(facts.weight)}
</head>
<body>
${facts.fault === 'never-ready' ? '' : '<script src="/_standin/page.js"></script>'}
</body>
</html>`;
  return new Response(html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        "default-src 'self'; img-src 'self' data:; media-src blob:; connect-src 'self' wss:; object-src 'none'; base-uri 'none'",
    },
  });
}

/** As the real app's page of this name: loads the app's bundles, and neither camera, socket nor call. */
export const dialInInfoPage = (weight: boolean): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Dial-in information</title>
${weightTag(weight)}
<p>The stand-in for Jitsi Meet has no telephone numbers.</p>
</html>`;

export const goodbyePage = (): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stand-in for Jitsi Meet</title>
<link rel="stylesheet" href="/_standin/page.css">
<body class="goodbye">
<h1>You have left the meeting</h1>
<p>This is a local stand-in for Jitsi Meet; the real app shows its welcome page here.</p>
<script src="/_standin/page.js"></script>
</html>`;

let weightCache: string | undefined;

/** A script that weighs and does nothing, as incompressible as it gets in text. The same bytes at every start. */
export function weightScript(): string {
  if (weightCache !== undefined) return weightCache;
  let seed = 1;
  const letters = Array.from({ length: appWeight }, () => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return String.fromCharCode(65 + ((seed >>> 16) % 26));
  });
  weightCache = `/* Weight: as many bytes as the real app. ${letters.join('')} */`;
  return weightCache;
}
