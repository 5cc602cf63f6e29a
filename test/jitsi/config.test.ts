import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { configTypes } from '../../scripts/generate-config.js';
import { sdk } from '../../scripts/archives.js';

const generated = readFileSync('src/jitsi/generated/config.ts', 'utf8');

describe('the type of the configuration', () => {
  it("is what the pinned release's source says", () => {
    expect(generated).toBe(configTypes(sdk.folder));
  });

  it('needs nothing but itself, and nothing in it is any', () => {
    expect(generated).not.toMatch(/^import |[:<,|(]\s*any\b/m);
    const file = 'src/jitsi/generated/config.ts';
    const program = ts.createProgram([file], { strict: true, noEmit: true, lib: ['lib.es2022.d.ts'], types: [] });
    expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
  });

  it('says which keys an embedding page cannot set, and which are gone', () => {
    expect(generated).toMatch(/The app ignores this in an overwrite[^*]+\*\/\s+tokenAuthUrl\?: string/);
    expect(generated).not.toMatch(/\*\/\s+prejoinConfig\?/);
    expect(generated).toMatch(/@deprecated Until 13\.1\.1\. \*\/\s+startAudioOnly\?/);
  });
});
