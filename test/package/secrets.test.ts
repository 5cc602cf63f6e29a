import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const git = (args: readonly string[], input = ''): string => spawnSync('git', args, { input, encoding: 'utf8' }).stdout;
const ignored = (paths: readonly string[]): string[] =>
  git(['check-ignore', '--no-index', '--stdin'], paths.join('\n')).split('\n').filter(Boolean);

const words = (text: string): string[] => text.trim().split(/\s+/);

describe('git', () => {
  it('takes in nothing that signs tokens, wherever in the clone the guides or a person put it', () => {
    const secrets = words(`
      jitsi-config/STEPS.md jitsi-config/backend.env jitsi-config/prosody/meet.example.org.cfg.lua
      backend.env jitsi.env .env .env.local .env.production docker/.env demo/.env
      token.txt jwks.json keys.json keys-2.json keys.old.json deploy/keys.json private.jwk ring.jwks
      private.pem localhost.key jaas.pk key.p8 store.p12 store.pfx tls.crt tls.cer key.der
      .cache/certificates/localhost.pem`);
    expect(ignored(secrets)).toEqual(secrets);
  });

  it('ignores none of the files that belong here', () => {
    const files = git(['ls-files']).split('\n').filter(Boolean);
    expect(files.length).toBeGreaterThan(200);
    expect(ignored(files)).toEqual([]);
  });
});
