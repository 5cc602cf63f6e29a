// Writes docs/troubleshooting.md from the tables of finding codes: explanation, the server's text and fix of each.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

const FILE = 'docs/troubleshooting.md';

const parts = [
  ['sure', 'What any deployment says'],
  ['connect', 'When logging in'],
  ['join', 'When entering the room'],
  ['advice', 'What no server says'],
];

/** [{ code, explanation, server: [text], fix }] of a table; its comments are what `tsc` reads as JSDoc. */
function readTable(name) {
  const path = `src/preflight/codes/${name}.ts`;
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const entries = [];
  const visit = (node) => {
    if (ts.isPropertyAssignment(node)) {
      const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
      entries.push({
        code: node.name.text,
        explanation: ts.getTextOfJSDocComment(doc?.comment)?.replaceAll('\n', ' ') ?? '',
        server: (doc?.tags ?? []).map((tag) => ts.getTextOfJSDocComment(tag.comment)),
        fix: node.initializer.text,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return entries;
}

const entry = ({ code, explanation, server, fix }) =>
  [
    `### \`${code}\``,
    explanation,
    ...(server.length > 0 ? [`The server says: ${server.map((text) => `“${text}”`).join(' or ')}.`] : []),
    `**Fix:** ${fix}`,
  ].join('\n\n');

const escaped = (text) => text.replaceAll('|', '\\|');

/** The text of docs/troubleshooting.md. */
export async function troubleshooting() {
  const tables = parts.map(([name, title]) => ({ title, entries: readTable(name) }));
  const said = new Map();
  for (const { code, server } of tables.flatMap(({ entries }) => entries))
    for (const text of server) said.set(text, [...(said.get(text) ?? []), code]);
  const guide = `# Troubleshooting

<!-- Made by scripts/docs-troubleshooting.mjs from src/preflight/codes. Change it there. -->

Why a token is refused, and what whoever issues tokens should change. The codes are those of \`findings\`: of \`preflight()\`, of the element's errors and warnings, and of \`npx jitsi-meeting-element check\`.

## By the server's text

Prosody writes these into its log; most reach Jitsi's client as well.

| The server says | Look at |
| --- | --- |
${[...said].map(([text, codes]) => `| ${escaped(text)} | ${codes.map((code) => `[${code}](#${code})`).join(', ')} |`).join('\n')}
| nothing at all: the client waits | [token-too-long](#token-too-long), or a claim of the wrong type; give the token to \`preflight()\` |

${tables.map(({ title, entries }) => [`## ${title}`, ...entries.map(entry)].join('\n\n')).join('\n\n')}
`;
  return format(guide, { ...(await resolveConfig(FILE)), filepath: FILE });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(FILE, await troubleshooting());
