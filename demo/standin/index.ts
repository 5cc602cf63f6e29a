import type { Server } from 'node:http';
import { Hono } from 'hono';
import { createBosh } from './bosh.js';
import { conferencePageScript, conferencePageStyle, externalApiScript } from './bundles.js';
import { controls } from './controls.js';
import { noFaults } from './faults.js';
import { createGate } from './gate.js';
import { dialInInfoPage, goodbyePage, meetingPage, weightScript, type PageFacts } from './pages.js';
import type { StandinPolicy } from './judge.js';
import { createSockets } from './sockets.js';
import { sceneOf, stepsOf, type Scene } from './scenes.js';

export type { StandinPolicy } from './judge.js';
export type { Scene } from './scenes.js';

export interface StandinOptions {
  /** 1 (default): delays as long as the real app's; 0.01: a hundredth of them, for tests. */
  pace?: number;
  /** Whether the page weighs what the real app weighs (2.3 MB), for measuring warm-up. Default false. */
  weight?: boolean;
  /** Whether `/_standin/*` obeys anyone who calls it. Default false; for tests and the demo on one's own machine. */
  controls?: boolean;
  /**
   * Recordings to play: the first frame in the room `scene-NAME` (or `scene-NAME.ANYTHING`, another run in the same
   * tab) plays the scene NAME; frames that come after it are rejoins, and play `c01-valid`.
   */
  scenes?: readonly Scene[];
  /** Waits of a scene are real up to here, longer ones cut to it; ms, default 700. */
  longestGap?: number;
  /** Whether the path of a request can be a room; all others are answered 404. Default: every path can. */
  isRoom?: (path: string) => boolean;
  now?: () => Date;
}

export interface Standin {
  app: Hono;
  /** Takes WebSocket upgrades on the stand-in's own path; leaves those on other paths to others. */
  attach(server: Server): void;
  close(): Promise<void>;
}

/**
 * A local stand-in for a Jitsi Meet deployment: Jitsi's own `external_api.js`, and at `/ROOM` and `/TENANT/ROOM` a
 * conference page that speaks the real transport. Its server judges tokens by `policy`, in its own code.
 *
 * `app` answers every path of one or two segments (a room can have any name), so mount it last.
 */
export function createStandin(policy: StandinPolicy, options: StandinOptions = {}): Standin {
  const { pace = 1, weight = false, isRoom = () => true } = options;
  const gate = createGate(policy, pace, options.now);
  const sockets = createSockets(gate);
  const bosh = createBosh(policy, options.now);
  const detachments: (() => void)[] = [];
  const faults = noFaults();
  const app = new Hono();
  let pageScript: Promise<string> | undefined;

  const script = async (): Promise<Response> => {
    const fault = faults.script;
    if (fault === 'fail-once') faults.script = 'none';
    if (fault === '404' || fault === 'fail-once') return new Response('Not found', { status: 404 });
    if (fault === 'hang') return new Promise(() => {});
    const body = {
      throws: 'throw new Error("The stand-in was told to break here.");',
      'wrong-global': 'window.SomethingElse = class {};',
      none: await externalApiScript(),
    }[fault];
    return javascript(body, { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-cache' });
  };
  app.get('/external_api.js', script);
  app.get('/:tenant/external_api.js', script);

  app.get('/static/dialInInfo.html', (c) => {
    if (faults.warmUp === '404') return c.notFound();
    if (faults.warmUp === 'hang') return new Promise<Response>(() => {});
    return c.html(dialInInfoPage(weight));
  });
  app.get('/static/goodbye.html', (c) => c.html(goodbyePage()));
  app.get('/libs/app.bundle.min.js', () =>
    javascript(weightScript(), { 'Cache-Control': 'public, max-age=31536000, immutable' }),
  );

  app.get('/_standin/page.js', async () => javascript(await (pageScript ??= conferencePageScript())));
  app.get('/_standin/page.css', async (c) => {
    c.header('Content-Type', 'text/css; charset=utf-8');
    return c.body(await conferencePageStyle());
  });
  app.get('/_standin/scenes/:name', (c) => {
    const scene = options.scenes?.find((one) => one.scene === c.req.param('name'));
    return scene ? c.json(stepsOf(scene, options.longestGap)) : c.notFound();
  });
  if (options.controls) app.route('/_standin', controls(gate, faults));
  app.all('/_standin/*', (c) => c.notFound());
  for (const path of ['/favicon.ico', '/robots.txt']) app.get(path, (c) => c.notFound());

  app.route('/', bosh.routes);

  const conference = (room: string): Response => {
    const scene = sceneOf(room, options.scenes)?.scene ?? null;
    const facts: PageFacts = { pace, weight, scene, fault: faults.frame };
    return meetingPage(facts);
  };
  app.use((c, next) => (isRoom(c.req.path) ? next() : Promise.resolve(c.notFound())));
  app.get('/:room', (c) => conference(c.req.param('room')));
  app.get('/:tenant/:room', (c) => conference(c.req.param('room')));

  return {
    app,
    attach(server) {
      sockets.attach(server);
      detachments.push(bosh.attach(server));
    },
    close() {
      for (const detach of detachments) detach();
      return sockets.close();
    },
  };
}

function javascript(body: string, headers: Record<string, string> = {}): Response {
  return new Response(body, { headers: { 'Content-Type': 'text/javascript; charset=utf-8', ...headers } });
}
