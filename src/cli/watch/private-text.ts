// Addresses and messages of a page may hold tokens: what is shown of them is only what can't.

/** Without user, query and fragment. */
export function plainAddress(address: string): string {
  if (!URL.canParse(address)) return '';
  const { protocol, host, pathname } = new URL(address);
  if (protocol === 'data:' || protocol === 'blob:' || protocol === 'javascript:') return protocol;
  return host ? `${protocol}//${host}${pathname}` : protocol;
}

/** Of a text so much is looked at: the patterns take time by the square of its length. */
const longest = 10_000;

/** In one line of at most 300 characters. */
export function plainText(text: string): string {
  return (
    text
      .slice(0, longest)
      .replace(/\b((?:https?|wss?):\/\/)[^\s'"<>?#/@]*@/g, '$1')
      .replace(/\b((?:https?|wss?):\/\/[^\s'"<>?#]*)[?#][^\s'"<>]*/g, '$1')
      // Without a host as well: /room?jwt=…
      .replace(/[?#&][\w.%[\]-]+=[^\s'"<>]*/g, '')
      .replace(/eyJ[\w-]*\.[\w-]*(?:\.[\w-]*)?/g, '(a token)')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 300)
  );
}
