// Secrets stay out of terminals and their histories.

/** Names such as `app_secret`, `JVB_AUTH_PASSWORD` and `apiKey`, with the sign before their value. */
const name = String.raw`[\w.-]*(?:secret|passw(?:or)?d|passphrase|pw|token|key|credential)s?["'\]]*[^\S\n]*[=:][^\S\n]*`;

/** All of a line behind such a name, or a text in quotes that follows in the next one; a yes or no hides nothing. */
const secret = new RegExp(
  String.raw`(?<![\w.-])(${name}(?:\n[^\S\n]*(?=["']))?)(?!(?:true|false|[01])[^\S\n]*[;,]?[^\S\n]*(?:--.*|//.*|#.*)?$)(?=\S)(.+)`,
  'gim',
);

/** Both with their secrets hidden, but so that it shows which one changes. */
export const masked = (before: string, after: string): [before: string, after: string] => [
  hide(before, after, '(the old secret)'),
  hide(after, before, '(the new secret)'),
];

function hide(text: string, other: string, label: string): string {
  const same = new Set(other.match(secret));
  return text.replaceAll(secret, (all: string, start: string) => start + (same.has(all) ? '(secret)' : label));
}

/** As Lua has them. */
export const secretsIn = (content: string): string[] =>
  [...content.matchAll(new RegExp(`${name}["']([^"'\\n]+)`, 'gi'))].map(([, value]) => value!);
