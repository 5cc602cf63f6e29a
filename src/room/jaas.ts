export const jaasDomain = '8x8.vc';

/** JaaS, and its staging environment. */
export const isJaasDomain = (domain: string): boolean => domain === jaasDomain || domain === `stage.${jaasDomain}`;
