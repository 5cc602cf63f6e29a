export { type AppOptions, createApp } from './app.js';
export { decide, type Decision, type Place } from './access/decide.js';
export { AccessError, readRules, type Rule, type Rules } from './access/read.js';
export { watchAccess, type WatchedAccess } from './access/watch.js';
export { type Person, personFrom, type PersonOptions } from './person.js';
export { type RunningServer, serve, type ServeOptions } from './serve.js';
export { readSettings, type Settings, SettingsError } from './settings.js';
