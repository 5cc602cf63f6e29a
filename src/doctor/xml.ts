// As much of XML as the answers of an XMPP server need: one element out of a text, its attributes, its words.

/** The first element of that name with all in it, or `undefined`. No element of XMPP that is read here holds its like. */
export function element(xml: string, name: string): string | undefined {
  const [opening] = new RegExp(`<${name}(?=[\\s/>])[^>]*>`).exec(xml) ?? [];
  if (opening === undefined) return undefined;
  if (opening.endsWith('/>')) return opening;
  const start = xml.indexOf(opening);
  const end = xml.indexOf(`</${name}>`, start);
  return end < 0 ? opening : xml.slice(start, end + name.length + 3);
}

/** All elements of that name. */
export function elements(xml: string, name: string): string[] {
  const found: string[] = [];
  for (let rest = xml, one = element(rest, name); one !== undefined; one = element(rest, name)) {
    found.push(one);
    rest = rest.slice(rest.indexOf(one) + one.length);
  }
  return found;
}

/** The value of an attribute of the first tag. */
export function attribute(xml: string, name: string): string | undefined {
  const [tag = ''] = /<[^>]*>/.exec(xml) ?? [];
  const [, , value] = new RegExp(`\\s${name}=(["'])(.*?)\\1`).exec(tag) ?? [];
  return value === undefined ? undefined : unescapeXml(value);
}

/** What stands between the tags of the first element of that name; empty where there is none. */
export function words(xml: string, name: string): string {
  return unescapeXml((element(xml, name) ?? '').replace(/<[^>]*>/g, '')).trim();
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const unescapeXml = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name = '') => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    return entities[name as string] ?? whole;
  });

export const escapeXml = (text: string): string => text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
