// The page where no server of the demo answers, as on the documentation's site: guests on a server of the visitor's choice.
import type { api as ofTheServer, Config } from './api.js';

const config: Config = {
  domain: 'meet.jit.si',
  standin: false,
  breakable: false,
  signIn: null,
  rooms: [`jitsi-meeting-element-${crypto.randomUUID().slice(0, 8)}`],
  deployment: {},
};

const noServer = (): Promise<never> => Promise.reject(new Error('This page has no server.'));

export const api: typeof ofTheServer = {
  tokenUrl: undefined,
  config: async () => config,
  people: async () => [],
  me: async () => null,
  signIn: noServer,
  signOut: noServer,
};
