/**
 * `domain` in the form that addresses have (lower case, punycode, no default port), or a sentence that says what is
 * wrong.
 */
export type ParsedDomain = { domain: string; problem?: undefined } | { domain?: undefined; problem: string };

/** Reads the host of a Jitsi deployment, `host` or `host:port`. Anything more is refused, never cut off. */
export function parseDomain(value: string): ParsedDomain {
  if (typeof value !== 'string' || value.trim() === '') return refuse('missing');
  const given = JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  if (/:\/\//.test(value)) return refuse(`${given}, with a scheme`);
  if (/\s/.test(value)) return refuse(`${given}, with white space in it`);
  if (value.includes('@')) return refuse('given with a user name or password (@)');
  if (/[/\\]/.test(value)) return refuse(`${given}, with a path`);
  if (/[?#]/.test(value)) return refuse(`${given}, with a query or a fragment`);
  try {
    return { domain: new URL(`https://${value}`).host };
  } catch {
    return refuse(`${given}, which is no host`);
  }
}

const refuse = (problem: string) => ({
  problem: `domain is ${problem}; expected a host such as meet.example.com or localhost:8443.`,
});
