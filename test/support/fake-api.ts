import { EventEmitter } from 'node:events';
import type { JitsiMeetExternalAPIConstructor } from '../../src/jitsi/methods.js';

/** Stands in for Jitsi's script where no browser is: counts instances, keeps what they were told. */
export class FakeApi extends EventEmitter {
  static instances: FakeApi[] = [];
  readonly commands: [string, ...unknown[]][] = [];
  disposed = false;
  readonly title: Record<string, string> = {};

  constructor(
    readonly domain: string,
    readonly options: { jwt?: string; roomName: string; configOverwrite: Record<string, unknown> },
  ) {
    super();
    FakeApi.instances.push(this);
  }

  static get live(): FakeApi[] {
    return FakeApi.instances.filter((api) => !api.disposed);
  }

  static reset(): void {
    FakeApi.instances = [];
  }

  readonly #iframe = Object.assign(new EventTarget(), {
    setAttribute: (name: string, value: string) => void (this.title[name] = value),
  });

  getIFrame(): EventTarget & { setAttribute(name: string, value: string): void } {
    return this.#iframe;
  }

  /** The iframe has loaded a page, of whatever kind. */
  load(): void {
    this.#iframe.dispatchEvent(new Event('load'));
  }

  executeCommand(name: string, ...args: unknown[]): void {
    this.commands.push([name, ...args]);
  }

  dispose(): void {
    this.disposed = true;
    this.removeAllListeners();
  }

  /** As the app does when all is well. */
  join(): void {
    this.emit('ready', {});
    this.emit('videoConferenceJoined', { id: 'me', roomName: 'team' });
    this.emit('participantRoleChanged', { id: 'me', role: 'participant' });
  }

  hangUp(): void {
    this.emit('videoConferenceLeft', { roomName: 'team' });
    this.emit('readyToClose', {});
  }
}

export const fakeConstructor = FakeApi as unknown as JitsiMeetExternalAPIConstructor;
