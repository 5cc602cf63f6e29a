import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applyConfig } from './apply/index.js';
import { checkedAuthUrl } from './config-auth-url.js';
import { debianFiles } from './config-debian.js';
import { dockerFiles } from './config-docker.js';
import type { ConfigFile, DeploymentPlan } from './config-plan.js';
import type { RolePlan } from './config-roles.js';
import { type Provider, providerFrom, signInAddress } from './config-provider.js';
import { type Io, UsageError } from './io.js';
import { checkedDomain, parseOptions, required } from './options.js';

const text = { type: 'string' } as const;
const options = {
  domain: text,
  auth: text,
  'app-id': text,
  issuer: text,
  'client-id': text,
  audience: text,
  'token-auth-url': text,
  install: text,
  'xmpp-domain': text,
  moderators: text,
  lobby: { type: 'boolean' },
  out: text,
  apply: { type: 'boolean' },
  undo: { type: 'boolean' },
  yes: { type: 'boolean' },
  into: text,
} as const;

type Values = ReturnType<typeof parseOptions<typeof options>>['values'];

/** `config`: what a deployment and a backend need so that tokens of the one are taken by the other. */
export async function configCommand(args: readonly string[], io: Io): Promise<number> {
  const { values } = parseOptions(args, options);
  const auth = values.auth ?? 'backend';
  if (auth !== 'backend' && auth !== 'keycloak' && auth !== 'oidc')
    throw new UsageError(
      `--auth is ${JSON.stringify(auth)}; expected backend (yours signs tokens), keycloak, or oidc (another provider).`,
    );
  // If all that is needed was given, nothing is asked, not even at a terminal.
  const complete = values.domain && values.install && (auth === 'backend' ? values['app-id'] : true);
  const { ask } = complete ? {} : io;
  const install = values.install ?? (await ask?.('Installed how, debian or docker? '))?.trim() ?? 'debian';
  if (install !== 'debian' && install !== 'docker') {
    throw new UsageError(`--install is ${JSON.stringify(install)}; expected debian or docker.`);
  }
  const domain = checkedDomain(
    values.domain ?? (await answer('domain', 'Domain of the deployment (meet.example.org): ', ask)),
  );
  checkedHost(domain.replace(/:\d+$/, ''), 'domain');
  const xmppDomain = checkedHost(
    values['xmpp-domain'] ?? (install === 'docker' ? 'meet.jitsi' : new URL(`https://${domain}`).hostname),
    'xmpp-domain',
  );
  const signing = auth === 'backend' ? await ofBackend(values, ask, io) : await ofProvider(values, auth, domain, io);
  const plan: DeploymentPlan = { domain, xmppDomain, ...signing, roles: rolesFrom(values, auth) };
  checkApplying(values, plan, io);
  const files = install === 'docker' ? dockerFiles(plan) : debianFiles(plan);
  if (values.apply || values.undo) return applyConfig(plan, files, { ...values, install }, io);
  if (values.out === undefined) for (const { name, content } of files) io.write(`### ${name}\n${content}\n`);
  else writeAll(values.out, files, io);
  return 0;
}

/** A provider's tokens name no moderator, unless somebody makes them. */
function rolesFrom({ moderators, lobby = false }: Values, auth: string): RolePlan {
  const chosen = moderators ?? (auth === 'backend' ? 'token' : 'server');
  if (chosen !== 'token' && chosen !== 'server')
    throw new UsageError(
      `--moderators is ${JSON.stringify(chosen)}; expected token (it names them) or server (as Jitsi does by itself).`,
    );
  return { moderators: chosen, lobby };
}

type Signing = Pick<DeploymentPlan, 'appId' | 'signer' | 'tokenAuthUrl'>;

async function ofBackend(values: Values, ask: Io['ask'], io: Io): Promise<Signing> {
  for (const option of ['issuer', 'client-id', 'audience'] as const)
    if (values[option] !== undefined)
      throw new UsageError(`--${option} is for --auth keycloak and oidc, where a provider signs the tokens.`);
  const appId = checkedAppId(
    values['app-id'] ??
      (values.undo ? 'unused' : await answer('app-id', 'App id, a name of your choice (my_app): ', ask)),
  );
  const authUrl =
    values['token-auth-url'] ??
    ((await ask?.('Address where people sign in, if there is one (https://…): '))?.trim() || undefined);
  return {
    appId,
    signer: { secret: checkedSecret(io.env['JWT_APP_SECRET']) },
    tokenAuthUrl: authUrl === undefined ? null : checkedAuthUrl(authUrl),
  };
}

/** What is not said stands in the environment, by the names that docker-jitsi-meet and jitsi-meeting-server have for it. */
async function ofProvider(
  values: Values,
  kind: Provider['kind'],
  domain: string,
  { env, fetch }: Io,
): Promise<Signing> {
  for (const option of ['app-id', 'token-auth-url'] as const)
    if (values[option] !== undefined)
      throw new UsageError(
        `--${option} is for tokens of your own backend; with --auth ${kind} it follows from --issuer.`,
      );
  const issuer = values.issuer ?? env['OIDC_ISSUER'] ?? env['JWT_ACCEPTED_ISSUERS'];
  const clientId = values['client-id'] ?? env['OIDC_CLIENT_ID'];
  const provider = await providerFrom(
    {
      kind,
      issuer: required(issuer, 'issuer', 'https://id.example.org/realms/main'),
      clientId: required(clientId, 'client-id', 'jitsi'),
      audience: values.audience ?? env['JWT_ACCEPTED_AUDIENCES'],
    },
    fetch ?? globalThis.fetch,
  );
  return { appId: provider.clientId, signer: { provider }, tokenAuthUrl: signInAddress(provider, domain) };
}

interface Applying {
  apply?: boolean | undefined;
  undo?: boolean | undefined;
  yes?: boolean | undefined;
  into?: string | undefined;
  out?: string | undefined;
}

function checkApplying({ apply, undo, yes, into, out }: Applying, { signer }: DeploymentPlan, { env }: Io): void {
  if (!apply && !undo) {
    if (yes || into !== undefined) throw new UsageError('--yes and --into are for --apply and --undo.');
    return;
  }
  if (apply && undo) throw new UsageError('--apply and --undo exclude each other.');
  if (out !== undefined) throw new UsageError('--out writes files elsewhere; leave it out with --apply and --undo.');
  if (apply && 'secret' in signer && !env['JWT_APP_SECRET']) {
    throw new UsageError(
      'Set JWT_APP_SECRET: the backend that signs needs the same one. Make one: openssl rand -hex 32',
    );
  }
}

async function answer(option: string, question: string, ask: Io['ask']): Promise<string> {
  if (!ask) throw new UsageError(`--${option} is missing.`);
  return (await ask(question)).trim();
}

/**
 * A host without a port. An address may have more in it than that, which a shell, Lua or Compose would read as its own.
 */
function checkedHost(host: string, option: string): string {
  const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
  if (host.length <= 253 && new RegExp(`^${label}(\\.${label})*$`, 'i').test(host)) return host;
  throw new UsageError(`--${option} must be a host such as meet.example.org: letters, digits and - between dots.`);
}

function checkedAppId(appId: string): string {
  if (!/^[\w.:-]{1,100}$/.test(appId)) throw new UsageError('--app-id may hold letters, digits and _ . : - only.');
  return appId;
}

function checkedSecret(given: string | undefined): string {
  if (!given) return randomBytes(32).toString('hex');
  // .env files and Lua read other characters as more than themselves.
  if (!/^[\w+/=.:~-]{32,}$/.test(given)) {
    throw new UsageError(
      'JWT_APP_SECRET needs 32 or more letters, digits or + / = . : ~ - _; leave it out to get a new one.',
    );
  }
  return given;
}

/** Nothing of the folder gets into a repository that it happens to lie in. */
const ignoreAll: ConfigFile = { name: '.gitignore', content: '*\n' };

function writeAll(folder: string, configFiles: readonly ConfigFile[], io: Io): void {
  const files = [...configFiles, ignoreAll];
  const taken = files.map(({ name }) => join(folder, name)).find((path) => existsSync(path));
  if (taken) throw new UsageError(`${taken} is there already; choose another --out, or move it away.`);
  for (const { name, content } of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    // Some hold the secret: for their owner only.
    writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
    if (name !== ignoreAll.name) io.write(`${path}\n`);
  }
}
