import type { Deployment } from '../src/preflight/index.js';

/** What the demo's server tells its page; see demo/server/app.ts. */
export interface Config {
  domain: string;
  standin: boolean;
  /** Whether there are token endpoints that are broken on purpose. */
  breakable: boolean;
  /** The sign-in address for people other than the demo's own, if there is one. */
  signIn: string | null;
  /** Whether even the stand-in and the token endpoint are in the page. */
  serverless?: boolean;
  /** Address of `external_api.js`, where it isn't the deployment's usual one. */
  apiSrc?: string;
  rooms: readonly string[];
  /** How its tokens are judged, without secrets. */
  deployment: Deployment;
}

export interface Person {
  id: string;
  name: string;
  groups: readonly string[];
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init);
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as { detail?: string };
    throw new Error(problem.detail ?? `${path} answered with status ${response.status}.`);
  }
  return (response.status === 204 ? undefined : await response.json()) as T;
}

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export const api = {
  config: () => ask<Config>('api/config'),
  people: () => ask<readonly Person[]>('api/people'),
  me: async () => (await ask<{ person: Person | null }>('api/me')).person,
  signIn: async (person: string) => (await ask<{ person: Person }>('api/sign-in', post({ person }))).person,
  signOut: () => ask<void>('api/sign-out', post({})),
};
