/** How the AppID of every JaaS account begins (JaaS: 8x8's hosted Jitsi). It is the tenant and the token's `sub`. */
export const jaasPrefix = 'vpaas-magic-cookie-';

/** Whether a `sub`, a tenant or an app id is the AppID of a JaaS account. */
export const isJaasAppId = (value: unknown): boolean => typeof value === 'string' && value.startsWith(jaasPrefix);
