import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { createKeyRing } from '../../src/server/index.js';
import { readSettings, SettingsError } from '../src/settings.js';
import { startServer } from './support/running.js';
import { Visitor } from './support/visitor.js';

const eight = {
  JITSI_DOMAIN: 'meet.example.org',
  JWT_APP_ID: 'my_app',
  JWT_APP_SECRET: 'an app secret of this test, over 32 bytes',
  OIDC_ISSUER: 'https://id.example.org/realms/main',
  OIDC_CLIENT_ID: 'meetings',
  OIDC_CLIENT_SECRET: 'SECRET-OF-CLIENT',
  PUBLIC_URL: 'https://login.example.org',
  SESSION_SECRET: 'a session secret of this test, over 32 bytes',
};

function problems(changes: Record<string, string>): readonly string[] {
  try {
    readSettings({ ...eight, ...changes });
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('settings', () => {
  it('are complete with eight', () => {
    expect(readSettings(eight)).toMatchObject({
      publicUrl: 'https://login.example.org',
      xmppDomain: 'meet.example.org',
      issuer: 'my_app',
      audience: 'jitsi',
      accessFile: 'access.yaml',
      redisUrl: null,
      metricsToken: null,
      sessionLife: 28_800,
      host: 'localhost',
      port: 8080,
    });
  });

  it.each(Object.keys(eight))('name %s where it is missing', (name) => {
    expect(problems({ [name]: '' })).toEqual([expect.stringMatching(new RegExp(`^${name} is missing: `))]);
  });

  it.each([
    [{ JITSI_DOMAIN: 'https://meet.example.org' }, 'JITSI_DOMAIN must be'],
    [{ JITSI_DOMAIN: 'Meet.example.org' }, 'JITSI_DOMAIN must be'],
    [{ JWT_APP_SECRET: 'SECRET-SHORT' }, 'JWT_APP_SECRET has under 32 bytes'],
    [{ SESSION_SECRET: 'SECRET-SHORT' }, 'SESSION_SECRET has under 32 bytes'],
    [{ JWT_APP_ID: '"my_app"' }, 'JWT_APP_ID stands in quotes'],
    [{ JWT_APP_ID: 'my_app ' }, 'JWT_APP_ID begins or ends with white space'],
    [{ PUBLIC_URL: 'http://login.example.org' }, 'PUBLIC_URL must be'],
    [{ PUBLIC_URL: 'https://login.example.org/path' }, 'PUBLIC_URL must be'],
    [{ PUBLIC_URL: 'https://user:SECRET@login.example.org' }, 'PUBLIC_URL must be'],
    [{ OIDC_ISSUER: 'http://id.example.org' }, 'OIDC_ISSUER must be'],
    [{ OIDC_SCOPES: 'profile' }, 'OIDC_SCOPES must hold openid'],
    [{ OIDC_TRUST_EMAIL: 'maybe' }, 'OIDC_TRUST_EMAIL must be 1 or 0'],
    [{ REDIS_URL: 'localhost:6379' }, 'REDIS_URL must be'],
    [{ ALLOWED_ORIGINS: '*' }, 'ALLOWED_ORIGINS must be'],
    [{ ALLOWED_ORIGINS: 'https://www.example.org/' }, 'ALLOWED_ORIGINS must be'],
    [{ PORT: '70000' }, 'PORT must be'],
    [{ TOKENS_PER_MINUTE: '0' }, 'TOKENS_PER_MINUTE must be'],
    [{ METRICS_TOKEN: 'SECRET' }, 'METRICS_TOKEN has under 32 bytes'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be'],
    [{ KEYS_FILE: 'keys.json' }, 'JWT_APP_SECRET and KEYS_FILE exclude each other'],
    [{ JWT_APP_SECRET: '', JWT_APP_SECRET_FILE: '/nowhere/secret' }, 'JWT_APP_SECRET_FILE names a file'],
  ])('%j are refused in one sentence, without a secret', (changes, expected) => {
    const found = problems(changes as Record<string, string>);
    expect(found[0]).toContain(expected);
    expect(found.join()).not.toContain('SECRET-');
    expect(found.join()).not.toMatch(/SECRET@/);
  });

  it('take a secret from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'secret-')), 'secret');
    writeFileSync(file, `${eight.SESSION_SECRET}\n`);
    expect(readSettings({ ...eight, SESSION_SECRET: '', SESSION_SECRET_FILE: file }).sessionSecret).toBe(
      eight.SESSION_SECRET,
    );
  });
});

it('a key ring signs, and its public keys are published', async () => {
  const { privateKey } = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    true,
    ['sign', 'verify'],
  );
  const ring = createKeyRing([
    { privateKey: await crypto.subtle.exportKey('jwk', privateKey), kid: 'k1', activeFrom: 1 },
  ]);
  const file = join(mkdtempSync(join(tmpdir(), 'keys-')), 'ring.json');
  writeFileSync(file, JSON.stringify({ keys: ring.keys }));
  const server = await startServer({ KEYS_FILE: file, JWT_APP_SECRET: '' });
  try {
    const alice = new Visitor(server.home);
    await alice.signIn('alice');
    const { body } = await alice.post('/api/token', { domain: 'meet.example.org', room: 'Board' });
    const jwks = (await (await alice.go('/api/keys/jwks.json')).response.json()) as JSONWebKeySet;
    expect(jwks.keys).toEqual([expect.not.objectContaining({ d: expect.anything() })]);
    const { protectedHeader } = await jwtVerify(body.token, createLocalJWKSet(jwks));
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k1' });
    expect((await alice.go('/api/keys/ring.json')).response.status).toBe(404);
  } finally {
    await server.close();
  }
});
