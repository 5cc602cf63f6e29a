import type { Connection } from './connection.js';
import { tellEndedByModerator } from './errors.js';
import { fallSilent, tell } from './host.js';
import type { Me } from './me.js';
import type { OwnMedia } from './media.js';
import type { People } from './people.js';
import { facts, type Settings } from './settings.js';
import type { View } from './view.js';

/** Delays of the real app in ms, measured. */
const delays = { hangup: 300, welcomePage: 3000, reload: 12_000, leftAfterEnd: 4850 };

/** What an ending needs of the meeting. */
interface Ending {
  settings: Settings;
  roomName: string;
  view: View;
  media: OwnMedia;
  me: Me;
  people: People;
  connection: Connection;
  /** From now on the meeting hears nothing. */
  over(): void;
  after(ms: number, act: () => void): void;
}

/** How a meeting ends: what the host hears and the person sees, in the order and shape of the real app. */
export class Endings {
  constructor(private readonly meeting: Ending) {}

  /** Says goodbye, tells the host after 0.3 s, and 3 s later loads the welcome page. */
  hangup(): void {
    this.#finish();
    this.meeting.after(delays.hangup, () => {
      this.meeting.me.switchOff();
      this.#tellLeft();
      this.#readyToClose();
    });
  }

  kicked(by: string | null): void {
    const { me, people, view } = this.meeting;
    const kicker = { id: by, name: people.nameOf(by) };
    this.#finish();
    tell('participantKickedOut', { kicked: { id: 'local', name: me.name, local: true }, kicker });
    people.partFromAll();
    this.#tellLeft();
    view.showDialog('You were removed from the meeting', `By ${kicker.name}.`, () => this.#readyToClose());
  }

  ended(): void {
    const { me, view, after } = this.meeting;
    this.#finish();
    tellEndedByModerator();
    me.switchOff();
    after(delays.leftAfterEnd, () => this.#tellLeft());
    view.showDialog('The meeting has ended', 'A moderator ended it for everyone.', () => this.#readyToClose());
  }

  /** The app gives up and loads itself again, with the token it has. */
  reloadSoon(): void {
    const { view, after } = this.meeting;
    this.#finish();
    view.showDialog('The connection was lost', 'This page loads again in a moment.');
    after(delays.reload, () => {
      this.#tellLeft();
      location.reload();
    });
  }

  /** As a frame that crashed. */
  die(): void {
    const { over, connection, media } = this.meeting;
    over();
    fallSilent();
    connection.close();
    media.stopAll();
    document.body.replaceChildren();
  }

  #finish(): void {
    const { over, connection } = this.meeting;
    over();
    tell('raiseHandUpdated', { handRaised: 0, id: 'local' });
    tell('whiteboardStatusChanged', { status: 'RESET' });
    connection.leave();
  }

  #tellLeft(): void {
    tell('videoConferenceLeft', { roomName: this.meeting.roomName });
  }

  #readyToClose(): void {
    const { settings, view, after } = this.meeting;
    tell('readyToClose');
    const { enableClosePage } = settings;
    if (!enableClosePage) tell('notificationTriggered', { title: 'dialog.thankYou' });
    view.showDialog('You have left the meeting', 'Thank you for using the stand-in.');
    after(enableClosePage ? 0 : delays.welcomePage, () => {
      this.#tellLeft();
      location.href = `${facts().server === 'worker' ? 'goodbye.html' : '/static/goodbye.html'}${enableClosePage ? '' : location.hash}`;
    });
  }
}
