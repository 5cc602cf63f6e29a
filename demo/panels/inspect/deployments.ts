import { dockerJitsiMeet, jaas, openidProvider, selfHosted, type Deployment } from '../../../src/preflight/index.js';

export const presets = {
  demo: 'this demo’s',
  selfHosted: 'self-hosted (Debian, by hand)',
  docker: 'docker-jitsi-meet',
  jaas: 'JaaS (8x8.vc)',
  keycloak: 'Keycloak signs',
} as const;

export type Preset = keyof typeof presets;

/** The fields of the form. */
export interface Fields {
  preset: Preset;
  /** XMPP domain. */
  domain: string;
  appId: string;
  room: string;
  /** Whether a person wrote it, and not a token. */
  roomTyped: boolean;
  tenant: string;
  /** Of Keycloak: the address of its realm. */
  issuer: string;
  audience: string;
  domainVerification: boolean;
  /** A secret, or a public key as PEM. */
  key: string;
}

/** The settings that a kind of server has by default. */
const defaults: Record<Preset, Pick<Fields, 'domain' | 'domainVerification'>> = {
  demo: { domain: 'meet.example.org', domainVerification: true },
  selfHosted: { domain: 'meet.example.org', domainVerification: true },
  docker: { domain: 'meet.jitsi', domainVerification: false },
  jaas: { domain: 'meet.example.org', domainVerification: true },
  // Its `sub` is the person, so servers that take its tokens don't compare it.
  keycloak: { domain: 'meet.example.org', domainVerification: false },
};

/** The fields at the start. */
export const firstFields = (room: string): Fields => ({
  preset: 'demo',
  ...defaults.demo,
  appId: 'my_app',
  room,
  roomTyped: false,
  tenant: '',
  issuer: 'https://keycloak.example.org/realms/main',
  audience: 'account',
  key: '',
});

/** The fields that change with the kind of server; what a person typed stays. */
export function toPreset(preset: Preset, from: Fields): Partial<Fields> {
  if (preset === from.preset) return {};
  const { domain, domainVerification } = defaults[preset];
  return { preset, domainVerification, ...(from.domain === defaults[from.preset].domain && { domain }) };
}

/** The deployment that the fields describe. A public key is taken to be published under `kid`, the one in the token. */
export function deploymentOf(fields: Fields, demo: Deployment, kid: unknown): Deployment {
  const { preset, domain, appId, domainVerification } = fields;
  const key = fields.key.trim();
  const publicKeys = key.includes('-----BEGIN') ? { [typeof kid === 'string' ? kid : '']: key } : undefined;
  const secret = key && !publicKeys ? key : undefined;
  switch (preset) {
    case 'demo':
      return { ...demo, ...(secret && { keys: { secret } }) };
    case 'selfHosted':
      return selfHosted({
        domain,
        appId,
        domainVerification,
        ...(secret && { secret }),
        ...(publicKeys && { keys: { publicKeys } }),
      });
    case 'docker': {
      const { algorithm, ...deployment } = dockerJitsiMeet(
        {
          JWT_APP_ID: appId,
          JWT_APP_SECRET: secret,
          JWT_ENABLE_DOMAIN_VERIFICATION: domainVerification ? '1' : '0',
          XMPP_DOMAIN: domain,
        },
        publicKeys,
      );
      // Without a key it is not known whether the server has a secret or a key server.
      return key && algorithm ? { ...deployment, algorithm } : deployment;
    }
    case 'jaas':
      return jaas(publicKeys);
    case 'keycloak':
      return openidProvider({
        domain,
        issuer: fields.issuer,
        audiences: [fields.audience],
        domainVerification,
        ...(publicKeys && { keys: { publicKeys } }),
      });
  }
}
