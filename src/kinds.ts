/**
 * The own members of a plain object, each read once, so that what is checked is what is used. `undefined` for anything
 * else: lists, class instances, errors, maps, promises.
 */
export function plainMembers(value: unknown): Record<string, unknown> | undefined {
  if (!isPlain(value)) return undefined;
  const members: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  // JSON has no symbols, so a symbol counts as an unknown name: its description.
  for (const key of Reflect.ownKeys(value)) members[String(key)] = (value as Record<PropertyKey, unknown>)[key];
  return members;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.prototype.toString.call(value) !== '[object Object]') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Another realm (a test runner's, a worker's) has an Object.prototype of its own.
  return (
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'hasOwnProperty'))
  );
}

/** What a value is, for a message to a developer: its kind and the names of its members, but never their values. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'boolean') return String(value);
  if (value === '') return 'an empty string';
  if (Number.isNaN(value)) return 'NaN';
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isResponse(value)) return `a Response with status ${value.status}`;
  if (isPlain(value)) {
    const names = Reflect.ownKeys(value).map(String);
    return names.length === 0 ? 'an empty object' : `an object with ${shownNames(names)}`;
  }
  const name = className(value);
  return `${/^[AEIOU]/i.test(name) ? 'an' : 'a'} ${name}`;
}

/** Names of members, cut to what a log line holds. */
export function shownNames(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name));
  return `${shown.join(', ')}${names.length > 12 ? ', …' : ''}`;
}

function className(value: object): string {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  const { constructor } = value;
  const name = tag === 'Object' && typeof constructor === 'function' ? constructor.name : tag;
  return /^\w{1,40}$/.test(name) && name !== 'Object' ? name : 'instance of a class';
}

/** Known by its tag: `fetch`'s own class, a framework's subclass, or a polyfill's. */
export function isResponse(value: unknown): value is Response {
  return typeof value === 'object' && Object.prototype.toString.call(value) === '[object Response]';
}
