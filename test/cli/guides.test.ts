import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pages } from '../support/pages.js';
import { cli } from '../support/run-cli.js';

describe('the commands of the guides', () => {
  it.each(pages)('run from a clone, with options that there are: %s', async (page) => {
    const text = readFileSync(page, 'utf8').replaceAll(/\\\n\s*/g, ' ');
    expect(text.replace('Do not run `npx jitsi-meeting-element`', '')).not.toMatch(/npx jitsi-meeting-element/);
    const { out: help } = await cli(['help']);
    for (const [, command, rest] of text.matchAll(/npm run -s cli --\s+([a-z-]+)([^`\n]*)/g)) {
      expect(['token', 'check', 'config', 'keys', 'doctor', '--help']).toContain(command);
      for (const [option] of rest!.matchAll(/--[a-z-]+/g)) expect(help, option).toContain(option);
    }
  });

  it('are what config’s own steps say, too', async () => {
    for (const install of ['debian', 'docker']) {
      const { out } = await cli(['config', '--domain', 'meet.example.org', '--app-id', 'a', '--install', install]);
      expect(out).toMatch(/npm run -s cli -- check .*--settings/);
      expect(out).toMatch(/npm run -s cli -- doctor .*--settings/);
      expect(out).not.toMatch(/npx|--env-file/);
    }
  });

  it('name what Debian 12 lacks, how to see it and how to mend it', async () => {
    const { out } = await cli(['config', '--domain', 'meet.example.org', '--app-id', 'a']);
    for (const text of [out, readFileSync('docs/guides/self-hosted.md', 'utf8')]) {
      expect(text).toMatch(/basexx\.lua .*inspect\.lua \/usr\/local\/share\/lua\/5\.4\//);
      expect(text).toContain("grep 'Error initializing' /var/log/prosody/*.log");
    }
  });
});
