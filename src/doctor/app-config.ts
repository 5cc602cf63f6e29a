// What config.js of Jitsi's app says of the server. The file is read, never run: it comes from another machine.

export interface AppConfig {
  xmppDomain?: string;
  muc?: string;
  focus?: string;
  bosh?: string;
  websocket?: string;
  /** The domain for people without a token, where there is one. */
  anonymousDomain?: string;
}

const names = {
  xmppDomain: 'domain',
  muc: 'muc',
  focus: 'focus',
  bosh: 'bosh',
  websocket: 'websocket',
  anonymousDomain: 'anonymousdomain',
} as const satisfies Record<keyof AppConfig, string>;

/**
 * Reads what Debian (`hosts: { domain: 'D' }`) and docker (`config.hosts.domain = 'D';`) write. Their variables
 * `subdomain` and `subdir` hold the tenant.
 */
export function readAppConfig(script: string, tenant: string | null): AppConfig {
  // A comment that holds `hosts: {` would be read as a setting.
  const code = script.replace(/\/\*[^]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const found = Object.entries(names).flatMap(([field, name]) => {
    const value = textOf(code, name, tenant);
    return value ? [[field, value]] : [];
  });
  return Object.fromEntries(found) as AppConfig;
}

const part = /'([^'\n]*)'|"([^"\n]*)"|\b(subdomain|subdir)\b/g;

function textOf(code: string, name: string, tenant: string | null): string | undefined {
  const assigned = new RegExp(
    `(?:^|[\\s.{,])['"]?${name}['"]?\\s*[:=]\\s*((?:'[^'\\n]*'|"[^"\\n]*"|\\w+|\\s*\\+\\s*)+)`,
    'm',
  );
  const [, expression] = assigned.exec(code) ?? [];
  if (expression === undefined) return undefined;
  const parts = [...expression.matchAll(part)].map(([, single, double, variable]) => {
    if (variable === undefined) return single ?? double ?? '';
    return tenant === null ? '' : variable === 'subdomain' ? `${tenant}.` : `${tenant}/`;
  });
  return parts.join('') || undefined;
}
