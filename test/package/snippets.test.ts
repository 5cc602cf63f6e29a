import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { renderToStaticMarkup } from 'react-dom/server';
import { createElement, type ComponentType } from 'react';
import { compileScript, compileTemplate, parse } from 'vue/compiler-sfc';
import ts from 'typescript';
import { describe, expect, it, vi } from 'vitest';
import { frontends, threeLines } from '../../demo/code/snippets.js';
import { preflight, selfHosted } from '../../src/preflight/index.js';
import { hard, settingsFor } from '../support/snippet-settings.js';

const settings = settingsFor('meet.example.org', 'Team', '/api/token');

/** Errors of the compiler in each of several files that import the package's own sources. */
function problems(files: Readonly<Record<string, string>>): string[][] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile) as { config: unknown };
  const options = { ...ts.parseJsonConfigFileContent(config, ts.sys, '.').options, types: [] };
  const texts = new Map(
    Object.entries(files).map(([name, code]) => [join(process.cwd(), 'test/package', name), fromSources(code)]),
  );
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.getSourceFile = (path, ...rest) =>
    texts.has(path)
      ? ts.createSourceFile(path, texts.get(path)!, ts.ScriptTarget.ES2022, true)
      : getSourceFile(path, ...rest);
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()].map((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, ' '),
    );
  });
}

const fromSources = (code: string): string =>
  code.replaceAll("'jitsi-meeting-element/react'", "'../../src/react/index.js'");

function syntaxErrors(code: string): readonly ts.Diagnostic[] {
  const { diagnostics = [] } = ts.transpileModule(code, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, experimentalDecorators: true },
  });
  return diagnostics;
}

/** The text between two others. */
const between = (code: string, start: string, end: string): string => {
  const from = code.indexOf(start) + start.length;
  return code.slice(from, code.indexOf(end, from));
};

describe('the code that the playground writes', () => {
  it('is three lines where nothing is set', () => {
    expect(threeLines).toBe(`<link rel="stylesheet" href="jitsi-meeting.css">
<script src="jitsi-meeting.classic.js"></script>
<jitsi-meeting domain="meet.example.org" room="Team" token-url="/api/token"></jitsi-meeting>`);
  });

  it('React: fits the types of the package, and renders', { timeout: 120_000 }, async () => {
    const code = frontends.React(settings);
    const [right, wrong] = problems({ 'right.tsx': code, 'wrong.tsx': code.replace('room="Team"', 'room={1}') });
    expect(right).toEqual([]);
    expect(wrong).toHaveLength(1);
    const folder = mkdtempSync(join(process.cwd(), '.cache/snippet-'));
    try {
      const { outputText } = ts.transpileModule(code, {
        compilerOptions: { jsx: ts.JsxEmit.ReactJSX, module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      });
      const file = join(folder, 'snippet.mjs');
      writeFileSync(file, outputText.replace("'jitsi-meeting-element/react'", "'../../src/react/index.js'"));
      const { Meeting } = (await import(file)) as { Meeting: ComponentType };
      expect(renderToStaticMarkup(createElement(Meeting))).toContain('<jitsi-meeting');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('Vue, Svelte, Angular and plain JS: the script is JavaScript without mistakes', () => {
    const scripts = {
      Vue: between(frontends.Vue(settings), '<script setup>', '</script>'),
      Svelte: between(frontends.Svelte(settings), '<script>', '</script>'),
      Angular: frontends.Angular(settings),
      'Plain JS': frontends['Plain JS'](settings),
      HTML: between(frontends.HTML(settings), '<script>', '</script>'),
    };
    for (const [name, script] of Object.entries(scripts)) {
      expect(script.length, name).toBeGreaterThan(100);
      expect(syntaxErrors(script), name).toEqual([]);
    }
    expect(syntaxErrors(`${scripts.Vue} const const`)).not.toEqual([]);
  });

  it('Vue: compiles, with the values that were set', () => {
    const { descriptor, errors } = parse(frontends.Vue(settings));
    expect(errors).toEqual([]);
    const { bindings } = compileScript(descriptor, { id: 'snippet' });
    const template = compileTemplate({
      id: 'snippet',
      filename: 'snippet.vue',
      source: descriptor.template!.content,
      compilerOptions: { isCustomElement: (tag) => tag.includes('-'), ...(bindings && { bindingMetadata: bindings }) },
    });
    expect(template.errors).toEqual([]);
    expect(template.code).toContain(JSON.stringify(hard));
    expect(template.code).toContain('".configOverwrite": $setup.configOverwrite');
  });

  it('Angular: the template is the text that Angular then reads', () => {
    const code = between(frontends.Angular(settings), '  template: ', ',\n})');
    const template = new Function(`return ${code}`)() as string;
    // Angular would calculate it.
    expect(template).not.toContain('1 + 1');
    expect(template).toContain('[displayName]="displayName"');
    expect(template).toContain('[configOverwrite]="configOverwrite"');
  });

  it('is taken by Node as it stands', () => {
    const folder = mkdtempSync(join(tmpdir(), 'snippet-'));
    try {
      writeFileSync(join(folder, 'page.mjs'), frontends['Plain JS'](settings));
      execFileSync(process.execPath, ['--check', join(folder, 'page.mjs')]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('Node: the endpoint gives a token that the deployment takes, to whom the site lets in', async () => {
    const [, code] = /### The backend[^]*?```js\n([^]*?)```/.exec(readFileSync('README.md', 'utf8'))!;
    const { outputFiles } = await build({
      stdin: { contents: code!, resolveDir: process.cwd() },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      alias: { 'jitsi-meeting-element/server': './src/server/index.ts' },
    });
    const folder = mkdtempSync(join(process.cwd(), '.cache/snippet-'));
    const secret = 'b7e19c4d2f8a6035e1d7c9b4a2f60813';
    const user = { id: 'u-1', name: 'Ada', mayEnter: (room: string) => room === 'team', leads: () => true };
    vi.stubEnv('JWT_APP_SECRET', secret);
    vi.stubGlobal('whoIs', () => user);
    try {
      writeFileSync(join(folder, 'endpoint.mjs'), outputFiles[0]!.contents);
      const { handle } = (await import(join(folder, 'endpoint.mjs'))) as {
        handle(request: Request): Promise<Response>;
      };
      const ask = (room: string): Promise<Response> =>
        handle(
          new Request('https://www.example.org/api/token', {
            method: 'POST',
            headers: { 'content-type': 'application/json', origin: 'https://www.example.org' },
            body: JSON.stringify({ domain: 'meet.example.org', room }),
          }),
        );
      const { token } = (await (await ask('team')).json()) as { token: string };
      const deployment = selfHosted({ domain: 'meet.example.org', appId: 'my_app', secret });
      expect(await preflight(token, deployment, { room: 'team' })).toMatchObject({ join: 'accepted' });
      expect((await ask('board')).status).toBe(403);
    } finally {
      vi.unstubAllGlobals();
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    }
  });
});
