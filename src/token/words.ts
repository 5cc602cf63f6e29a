/** The words that a token endpoint takes, the default first. */
export const tokenMethods = ['post', 'get'] as const;
export const tokenCredentials = ['same-origin', 'include', 'omit'] as const;
