// What the web server of a deployment shows without a login: config.js, Jitsi's script, the room page, its clock.
import { type AppConfig, readAppConfig } from './app-config.js';
import { patience } from './bosh.js';
import type { DoctorOptions, DoctorWorld, Place, Problem } from './types.js';

export interface Site {
  /** `null` where nobody knows where to connect to. */
  place: Place | null;
  problems: Problem[];
}

export async function lookAtSite(options: DoctorOptions, world: DoctorWorld): Promise<Site> {
  const { domain, room, tenant } = options;
  const folder = `https://${domain}/${tenant === null ? '' : `${encodeURIComponent(tenant)}/`}`;
  const get = (address: string): Promise<Response> =>
    world.fetch(address, { redirect: 'follow', signal: AbortSignal.timeout(patience) });

  let config: Response;
  try {
    config = await get(`${folder}config.js`);
  } catch (error) {
    return { place: null, problems: [unreachable(domain, error)] };
  }
  const app = config.ok ? readAppConfig(await config.text(), tenant) : {};
  const place = placeOf(options, app, folder);
  const problems = [
    ...clockProblems(config, world.now()),
    ...(await scriptProblems(await get(`https://${domain}/external_api.js`), domain)),
    ...framingProblems(await get(`${folder}${encodeURIComponent(room)}`)),
  ];
  if (!place) {
    problems.push({
      code: 'config-unreadable',
      severity: 'error',
      message: `${folder}config.js ${config.ok ? 'doesn’t say where to connect to' : `answers ${config.status}`}.`,
      fix: 'Give --xmpp-domain (hosts.domain of config.js) and --muc (hosts.muc).',
    });
  } else if (place.websocket) problems.push(...(await websocketProblems(place.websocket, room, world)));
  return { place, problems };
}

function placeOf(options: DoctorOptions, app: AppConfig, folder: string): Place | null {
  const xmppDomain = options.xmppDomain ?? app.xmppDomain;
  if (!xmppDomain) return null;
  const tenant = options.tenant === null ? '' : `${options.tenant}.`;
  const absolute = (address: string): string => new URL(address, folder).href.split('?', 1)[0]!;
  return {
    xmppDomain,
    muc: options.muc ?? app.muc ?? `conference.${tenant}${xmppDomain}`,
    focus: app.focus ?? `focus.${xmppDomain}`,
    bosh: absolute(options.bosh ?? app.bosh ?? 'http-bind'),
    websocket: app.websocket ? absolute(app.websocket) : null,
  };
}

function unreachable(domain: string, error: unknown): Problem {
  const { code = '' } = ((error as Error).cause ?? {}) as { code?: string };
  if (/CERT|SIGNED|ALTNAME|VERIFY/.test(code)) {
    return {
      code: 'certificate',
      severity: 'error',
      message: `The certificate of ${domain} isn’t good for this machine (${code}). A browser refuses it, too.`,
      fix: 'Get one for that name, for instance from Let’s Encrypt. If you made it yourself, set NODE_EXTRA_CA_CERTS to its file.',
    };
  }
  return {
    code: 'site-unreachable',
    severity: 'error',
    message: `https://${domain} doesn’t answer${code && ` (${code})`}.`,
    fix: 'Check the domain, its DNS entry, the web server, and the firewall (port 443).',
  };
}

/** A token is judged by the server's clock, without leeway. */
const clockLimit = 10_000;

function clockProblems(response: Response, now: number): Problem[] {
  const date = Date.parse(response.headers.get('date') ?? '');
  const off = date - now;
  if (Number.isNaN(off) || Math.abs(off) < clockLimit) return [];
  const seconds = Math.round(Math.abs(off) / 1000);
  return [
    {
      code: 'clock',
      severity: 'warning',
      message: `The server’s clock is ${seconds} seconds ${off < 0 ? 'behind' : 'ahead of'} this machine’s.`,
      fix: 'Set both by NTP (timedatectl set-ntp true). A clock that is ahead ends tokens early; one behind refuses new ones.',
    },
  ];
}

async function scriptProblems(response: Response, domain: string): Promise<Problem[]> {
  if (response.ok && (await response.text()).includes('JitsiMeetExternalAPI')) return [];
  return [
    {
      code: 'script-missing',
      severity: 'error',
      message: `https://${domain}/external_api.js ${response.ok ? 'isn’t Jitsi’s script' : `answers ${response.status}`}.`,
      fix: 'No page can embed a meeting without it. Check the web server’s rules: a rule for rooms may come before the file.',
    },
  ];
}

function framingProblems({ headers }: Response): Problem[] {
  const frame = headers.get('x-frame-options');
  const [, ancestors] = /frame-ancestors([^;]*)/.exec(headers.get('content-security-policy') ?? '') ?? [];
  const forbidding = ancestors
    ? `Content-Security-Policy: frame-ancestors${ancestors}`
    : frame && `X-Frame-Options: ${frame}`;
  if (!forbidding || / \*(\s|$)/.test(ancestors ?? '')) return [];
  return [
    {
      code: 'framing-forbidden',
      severity: 'warning',
      message: `The room page is sent with ${forbidding}, so other sites can’t show it in a frame.`,
      fix: 'Name your site in frame-ancestors, or take the header away in the web server’s settings.',
    },
  ];
}

async function websocketProblems(address: string, room: string, world: DoctorWorld): Promise<Problem[]> {
  const status = await world.upgrade(`${address}?room=${encodeURIComponent(room)}`).catch(() => 0);
  if (status === 101) return [];
  return [
    {
      code: 'websocket-not-routed',
      severity: 'error',
      message: `${address} takes no WebSocket (${status ? `it answers ${status}` : 'it doesn’t answer'}), but config.js names it.`,
      fix: 'Enable Prosody’s module websocket and route /xmpp-websocket to port 5280 with the headers Upgrade and Connection, or take websocket out of config.js.',
    },
  ];
}
