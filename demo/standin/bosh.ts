// XMPP over BOSH, as far as a client that connects and joins needs it: the same judge, behind another door.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Hono, type Context } from 'hono';
import type { JWTPayload } from 'jose';
import { WebSocketServer } from 'ws';
import { judgeConnecting, judgeJoining, nodeOf, type MeetingAddress, type StandinPolicy } from './judge.js';

/** How long a stream without a request is kept, in ms; more of them than this many end the oldest. */
const idle = 60_000;
const mostStreams = 200;

interface Stream extends MeetingAddress {
  token: string | null;
  /** `null`: not yet connected. */
  admitted: { claims: JWTPayload | null } | null;
  seen: number;
}

export interface Bosh {
  routes: Hono;
  /** Takes WebSocket upgrades on `/xmpp-websocket`, and says nothing there. */
  attach(server: Server): () => void;
}

export function createBosh(policy: StandinPolicy, now: () => Date = () => new Date()): Bosh {
  const streams = new Map<string, Stream>();
  /** Rooms that Jicofo is in. */
  const opened = new Set<string>();
  const routes = new Hono();

  const config = (c: Context): Response => {
    const subdomain = c.req.param('tenant') ? `${nodeOf(c.req.param('tenant')!)}.` : '';
    const subdir = c.req.param('tenant') ? `${c.req.param('tenant')}/` : '';
    const host = new URL(c.req.url).host;
    return c.body(
      `var subdir = ${JSON.stringify(subdir)};\nvar subdomain = ${JSON.stringify(subdomain)};\n` +
        `var config = {\n  hosts: {\n    domain: '${policy.xmppDomain}',\n` +
        `    muc: 'conference.' + subdomain + '${policy.xmppDomain}',\n  },\n` +
        `  bosh: '//${host}/' + subdir + 'http-bind',\n  websocket: 'wss://${host}/' + subdir + 'xmpp-websocket',\n};\n`,
      200,
      { 'Content-Type': 'text/javascript; charset=utf-8', Date: now().toUTCString() },
    );
  };
  routes.get('/config.js', config);
  routes.get('/:tenant/config.js', config);
  const bind = async (c: Context): Promise<Response> =>
    new Response(await answer(await c.req.text(), c), { headers: { 'Content-Type': 'text/xml; charset=utf-8' } });
  routes.post('/http-bind', bind);
  routes.post('/:tenant/http-bind', bind);

  async function answer(body: string, c: Context): Promise<string> {
    const at = now().getTime();
    for (const [id, stream] of streams) if (at - stream.seen > idle) streams.delete(id);
    const [, id] = /\ssid=["']([^"']+)/.exec(body) ?? [];
    if (!id) return open(body, c, at);
    const stream = streams.get(id);
    if (!stream) return ended('item-not-found');
    stream.seen = at;
    if (/<body[^>]*\stype=["']terminate/.test(body)) {
      streams.delete(id);
      return wrapped('', 'type="terminate"');
    }
    if (/xmpp:restart/.test(body))
      return wrapped('<stream:features><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></stream:features>');
    if (body.includes('<auth ')) return wrapped(await login(stream));
    if (!stream.admitted) return wrapped('');
    return wrapped(stanza(body, stream));
  }

  function open(body: string, c: Context, at: number): string {
    const [, to] = /\sto=["']([^"']+)/.exec(body) ?? [];
    if (to !== policy.xmppDomain) return ended('host-unknown');
    if (streams.size >= mostStreams) streams.delete(streams.keys().next().value!);
    const id = randomBytes(16).toString('hex');
    const { room = '', token = null } = c.req.query();
    streams.set(id, { room: decoded(room), tenant: c.req.param('tenant') ?? null, token, admitted: null, seen: at });
    const mechanism = policy.authentication === 'broken' ? '' : '<mechanism>ANONYMOUS</mechanism>';
    return wrapped(
      `<stream:features><mechanisms xmlns="urn:ietf:params:xml:ns:xmpp-sasl">${mechanism}</mechanisms></stream:features>`,
      `sid="${id}" wait="5" requests="2"`,
    );
  }

  async function login(stream: Stream): Promise<string> {
    const judgement = await judgeConnecting(stream.token, policy, now());
    const sasl = 'xmlns="urn:ietf:params:xml:ns:xmpp-sasl"';
    if (judgement.answer === 'silence') return '';
    if (judgement.answer === 'refused')
      return `<failure ${sasl}><not-allowed/><text>${escaped(judgement.text)}</text></failure>`;
    stream.admitted = { claims: judgement.claims };
    return `<success ${sasl}/>`;
  }

  function stanza(body: string, stream: Stream): string {
    const [, id = ''] = /<iq[^>]*\sid=["']([^"']+)/.exec(body) ?? [];
    if (body.includes('<bind ')) return `<iq type="result" id="${escaped(id)}"/>`;
    if (body.includes('<conference ')) {
      if (policy.jicofo === false)
        return `<iq type="error" id="${escaped(id)}"><error type="cancel"><service-unavailable/></error></iq>`;
      opened.add(placeOf(stream));
      return `<iq type="result" id="${escaped(id)}"><conference xmlns="http://jitsi.org/protocol/focus" ready="true"/></iq>`;
    }
    if (!body.includes('<presence')) return '';
    const judgement = opened.has(placeOf(stream))
      ? judgeJoining(stream.admitted!.claims, stream, policy)
      : ({ answer: 'refused', text: 'Room does not exist' } as const);
    if (judgement.answer === 'silence') return '';
    if (judgement.answer === 'refused')
      return `<presence type="error"><error type="cancel"><not-allowed/><text>${escaped(judgement.text)}</text></error></presence>`;
    return '<presence><x xmlns="http://jabber.org/protocol/muc#user"><status code="110"/></x></presence>';
  }

  return {
    routes,
    attach(server) {
      const sockets = new WebSocketServer({ noServer: true });
      const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
        if (!/^(\/[^/]+)?\/xmpp-websocket(\?|$)/.test(request.url ?? '')) return;
        sockets.handleUpgrade(request, socket, head, (ws) => ws.close());
      };
      server.on('upgrade', upgrade);
      return () => server.off('upgrade', upgrade);
    },
  };
}

const placeOf = ({ room, tenant }: MeetingAddress): string => `${tenant ?? ''}/${nodeOf(room)}`;

const wrapped = (inside: string, attributes = ''): string =>
  `<body xmlns="http://jabber.org/protocol/httpbind" xmlns:stream="http://etherx.jabber.org/streams" ${attributes}>${inside}</body>`;

const ended = (condition: string): string => wrapped('', `type="terminate" condition="${condition}"`);

const escaped = (text: string): string => text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
