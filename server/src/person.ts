/** A person whom the identity provider knows. */
export interface Person {
  /** The claim `sub`. */
  id: string;
  name: string;
  /** In small letters; only an address that the provider calls verified. */
  email?: string;
  picture?: string;
  groups: readonly string[];
  /** Of the other claims those that rules look at. */
  claims: Readonly<Record<string, readonly string[]>>;
}

export interface PersonOptions {
  /** The only claim with groups; null: `groups`, `roles` and `realm_access.roles`. */
  groupsClaim?: string | null;
  /** Takes a mail address that the provider doesn't call verified. */
  trustEmail?: boolean;
  /** Names of claims that rules look at. */
  claimNames?: readonly string[];
}

type Claims = Readonly<Record<string, unknown>>;

/** Where providers put groups: most of them, Entra ID, Keycloak. */
const usualGroups = ['groups', 'roles', 'realm_access.roles'];

/** Reads a person from the claims of an ID token and of userinfo. Throws a `TypeError` without a usable `sub`. */
export function personFrom(claims: Claims, options: PersonOptions = {}): Person {
  const { groupsClaim = null, trustEmail = false, claimNames = [] } = options;
  const id = claims['sub'];
  if (typeof id !== 'string' || id === '' || id.length > 255) throw new TypeError('The claims have no usable sub.');
  const { name, preferred_username: shortName, email, picture } = claims;
  const isVerified = trustEmail || claims['email_verified'] === true;
  const sources = groupsClaim === null ? usualGroups : [groupsClaim];
  return {
    id,
    name: textOf(name) ?? textOf(shortName) ?? id,
    ...(isVerified && isMailAddress(email) && { email: email.toLowerCase() }),
    ...(typeof picture === 'string' && picture.startsWith('https://') && picture.length <= 500 && { picture }),
    groups: [...new Set(sources.flatMap((source) => textsIn(valueAt(claims, source))))],
    claims: Object.fromEntries(
      claimNames
        .map((claim) => [claim, textsIn(valueAt(claims, claim))] as const)
        .filter(([, texts]) => texts.length > 0),
    ),
  };
}

/** The claim of that name, or else the one at the end of a path with dots, which names may hold as well. Only own members count. */
function valueAt(claims: unknown, name: string): unknown {
  if (typeof claims !== 'object' || claims === null) return undefined;
  if (Object.hasOwn(claims, name)) return (claims as Claims)[name];
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const head = name.slice(0, dot);
    const found = Object.hasOwn(claims, head) ? valueAt((claims as Claims)[head], name.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** One text or a list of them; numbers and flags count as their text. */
function textsIn(value: unknown): string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value])
    .filter((item) => ['string', 'number', 'boolean'].includes(typeof item))
    .map(String)
    .filter((item) => item !== '' && item.length <= 255);
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined;

const isMailAddress = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(value);
