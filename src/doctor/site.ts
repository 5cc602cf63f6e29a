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
  const script = await get(`https://${domain}/external_api.js`);
  const { headers } = await get(`${folder}${encodeURIComponent(room)}`);
  const problems = [
    ...clockProblems(config, world.now()),
    ...(await scriptProblems(script, domain)),
    ...framingProblems(headers),
    ...permissionProblems(headers, `https://${domain}`),
    ...cacheProblems(headers),
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
  if (response.ok && (await response.text()).includes('JitsiMeetExternalAPI')) {
    const policy = response.headers.get('cross-origin-resource-policy');
    if (!policy || policy === 'cross-origin') return [];
    return [
      {
        code: 'script-forbidden',
        severity: 'warning',
        message: `https://${domain}/external_api.js is sent with Cross-Origin-Resource-Policy: ${policy}, so pages of other sites can’t load it.`,
        fix: 'Take that header away in the web server’s settings, or set it to cross-origin.',
      },
    ];
  }
  return [
    {
      code: 'script-missing',
      severity: 'error',
      message: `https://${domain}/external_api.js ${response.ok ? 'isn’t Jitsi’s script' : `answers ${response.status}`}.`,
      fix: 'No page can embed a meeting without it. Check the web server’s rules: a rule for rooms may come before the file.',
    },
  ];
}

function framingProblems(headers: Headers): Problem[] {
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

const features = ['camera', 'microphone', 'display-capture'];

/** Who may use the camera is said by the embedding page; the room page's own header can only forbid it. */
function permissionProblems(headers: Headers, origin: string): Problem[] {
  const policy = headers.get('permissions-policy') ?? '';
  const forbidding = policy
    .split(',')
    .map((part) => part.trim())
    .filter((part) => {
      const [feature = '', allowed = ''] = part.split('=', 2);
      return features.includes(feature) && !/\bself\b|\*/.test(allowed) && !allowed.includes(`"${origin}"`);
    });
  if (forbidding.length === 0) return [];
  return [
    {
      code: 'permission-blocked',
      severity: 'warning',
      message: `The room page is sent with Permissions-Policy: ${forbidding.join(', ')}. So nobody can use that in a meeting, whatever the embedding page allows.`,
      fix: 'Take it out of the header in the web server’s settings, or allow it to self.',
    },
  ];
}

function cacheProblems(headers: Headers): Problem[] {
  const control = headers.get('cache-control') ?? '';
  if (!/\b(s-maxage|max-age)\s*=\s*"?0*[1-9]/i.test(control) || /\bno-(cache|store)\b/i.test(control)) return [];
  return [
    {
      code: 'room-page-cached',
      severity: 'warning',
      message: `Caches keep the room page (Cache-Control: ${control}). After an update of Jitsi, people get the old page, whose files are gone.`,
      fix: 'Send the room page with Cache-Control: no-cache; the files that it names may be kept.',
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
