import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProvider } from './provider.js';

export const appSecret = 'an app secret of this test, over 32 bytes';

export const access = `
rules:
  - name: gone
    who: { group: former }
    rooms: '*'
    refuse: true
  - name: board
    who: { group: board }
    rooms: [Board, 'Board *']
    role: moderator
    features: { recording: true }
    guests: { uses: 5, features: { screen-sharing: true } }
  - name: hosted
    who: { group: board }
    rooms: Hosted
    role: moderator
    guests: { waitForHost: true }
  - name: staff
    who: { group: staff }
    rooms: Kitchen
`;

export function writeAccess(content = access): string {
  const file = join(mkdtempSync(join(tmpdir(), 'access-')), 'access.yaml');
  writeFileSync(file, content);
  return file;
}

/** The eight settings. */
export const settingsFor = (provider: TestProvider, publicUrl: string): Record<string, string> => ({
  JITSI_DOMAIN: 'meet.example.org',
  JWT_APP_ID: 'my_app',
  JWT_APP_SECRET: appSecret,
  OIDC_ISSUER: provider.issuer,
  OIDC_CLIENT_ID: provider.clientId,
  OIDC_CLIENT_SECRET: provider.clientSecret,
  PUBLIC_URL: publicUrl,
  SESSION_SECRET: 'a session secret of this test, over 32 bytes',
});
