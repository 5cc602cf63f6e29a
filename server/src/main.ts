#!/usr/bin/env node
import { copyFileSync, constants, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { normaliseRoom, normaliseTenant } from 'jitsi-meeting-element/room';
import { explain } from './access/explain.js';
import { AccessError } from './access/read.js';
import { readAccess } from './access/watch.js';
import { findProblems } from './check.js';
import { type Person, personFrom } from './person.js';
import { serve } from './serve.js';
import { readSettings, SettingsError } from './settings.js';

const help = `jitsi-meeting-server            starts the token server
jitsi-meeting-server --check    says what is wrong with the settings, and starts nothing
jitsi-meeting-server init       writes a first access.yaml
jitsi-meeting-server explain --as FILE --room ROOM [--tenant TENANT] [--access FILE]
                                prints which rule counts, and why. FILE holds a person’s claims as JSON, as the
                                identity provider gives them in the ID token or in userinfo

Settings of the environment:
  JITSI_DOMAIN        host of your Jitsi, such as meet.example.org
  JWT_APP_ID          its app_id
  JWT_APP_SECRET      its app_secret; or KEYS_FILE, a key ring of jitsi-meeting-element keys
  OIDC_ISSUER         address of the identity provider
  OIDC_CLIENT_ID, OIDC_CLIENT_SECRET
  PUBLIC_URL          this server’s own address, such as https://login.example.org
  SESSION_SECRET      a random text of at least 32 bytes
  ACCESS_FILE         who may do what; access.yaml where it is left out
  REDIS_URL           for several processes
More in docs/guides/token-server.md.`;

/** Of sysexits: 0, 1 for a no, 64 for a wrong use, 78 for wrong settings. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      as: { type: 'string' },
      room: { type: 'string' },
      tenant: { type: 'string' },
      access: { type: 'string' },
    },
  });
  const [command, ...others] = positionals;
  if (values.help) return say(help);
  if (others.length > 0) throw new UsageError(`${JSON.stringify(others[0])} is one word too many.`);
  switch (command) {
    case undefined:
      return values.check ? check() : start();
    case 'init':
      return writeAccess(values.access ?? process.env['ACCESS_FILE'] ?? 'access.yaml');
    case 'explain':
      return explainAccess(values);
    default:
      throw new UsageError(`${JSON.stringify(command)} is not a command.`);
  }
}

class UsageError extends Error {}

function say(text: string): number {
  console.log(text);
  return 0;
}

async function start(): Promise<number> {
  const server = await serve(readSettings(process.env));
  process.on('SIGHUP', () => server.reload());
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  await server.close();
  return 0;
}

async function check(): Promise<number> {
  const problems = await findProblems(process.env);
  if (problems.length === 0) return say('The settings are good: the server can start.');
  console.error(problems.join('\n'));
  return 78;
}

function writeAccess(file: string): number {
  copyFileSync(fileURLToPath(new URL('../access.example.yaml', import.meta.url)), file, constants.COPYFILE_EXCL);
  return say(`Wrote ${file}, an example: put your own groups and rooms into it.`);
}

interface Question {
  as?: string | undefined;
  room?: string | undefined;
  tenant?: string | undefined;
  access?: string | undefined;
}

function explainAccess({ as, room, tenant, access = process.env['ACCESS_FILE'] ?? 'access.yaml' }: Question): number {
  if (as === undefined || room === undefined) throw new UsageError('explain needs --as FILE and --room ROOM.');
  const rules = readAccess(access);
  const place = { room: normaliseRoom(room), tenant: tenant === undefined ? null : normaliseTenant(tenant) };
  const { granted, text } = explain(rules.list, personIn(as, rules.claimNames), place);
  console.log(text);
  return granted ? 0 : 1;
}

function personIn(file: string, claimNames: readonly string[]): Person {
  const { OIDC_GROUPS_CLAIM: groupsClaim, OIDC_TRUST_EMAIL: trust = '' } = process.env;
  try {
    const claims = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return personFrom(claims, {
      groupsClaim: groupsClaim || null,
      trustEmail: /^(1|true|yes)$/i.test(trust),
      claimNames,
    });
  } catch {
    throw new UsageError(`${file} does not hold a person’s claims as JSON, with sub.`);
  }
}

/** A sentence for what a person can mend; anything else is thrown on. */
function sentenceFor(error: unknown): [text: string, code: number] {
  const { code, message } = error as { code?: string; message?: string };
  if (error instanceof SettingsError || error instanceof AccessError || code === 'config-invalid')
    return [message!, 78];
  if (error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS')) return [`${message}\n\n${help}`, 64];
  if (code === 'EADDRINUSE') return ['The port is taken. Choose another: PORT=8081', 1];
  if (code === 'EACCES') return ['The port needs rights that this user doesn’t have. Choose one over 1023.', 1];
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return ['HOST is not an address of this machine.', 1];
  if (code === 'EEXIST') return ['There is an access file already; it stays as it is.', 1];
  throw error;
}

try {
  process.exitCode = await main();
} catch (error) {
  const [text, code] = sentenceFor(error);
  console.error(text);
  process.exitCode = code;
}
