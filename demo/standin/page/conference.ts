import type { FromServer } from '../protocol.js';
import { Chat } from './chat.js';
import { Connection } from './connection.js';
import { Endings } from './endings.js';
import {
  tellConnectingRefused,
  tellFocusLeft,
  tellJoiningRefused,
  tellPasswordRequired,
  tellSessionGone,
} from './errors.js';
import { tell } from './host.js';
import { Me } from './me.js';
import type { OwnMedia } from './media.js';
import { People } from './people.js';
import { spelled, type Settings } from './settings.js';
import { stopAtTheDoor, type Order } from './trouble.js';
import type { View } from './view.js';

/** Delays of the real app in ms, measured; `pace` shortens them. */
const delays = { role: 120, resume: 1000 };

/**
 * The meeting in this page: it shows what the server sends, and reports it to the host in the order and shape of the
 * real app (test/data/real-app).
 */
export class Conference {
  readonly me: Me;
  readonly people: People;
  readonly chat: Chat;
  #sayConnected!: () => void;
  /** The server took the token; the camera is reported after that, as in the real app. */
  readonly connected = new Promise<void>((resolve) => (this.#sayConnected = resolve));
  #session: string | undefined;
  #phase: 'connecting' | 'joined' | 'over' = 'connecting';
  #password: string | undefined;
  #mediaSettled = Promise.resolve();
  readonly #roomName: string;
  readonly #connection: Connection;
  readonly #endings: Endings;

  constructor(
    private readonly settings: Settings,
    private readonly view: View,
    private readonly media: OwnMedia,
    private readonly pace: number,
    private readonly diesWhenJoined: boolean,
  ) {
    this.#roomName = spelled(settings.room);
    this.me = new Me(settings, media, (news) => {
      this.#connection.send(news);
      this.show();
    });
    this.people = new People(
      () => this.me,
      (ms, act) => this.#after(ms, act),
    );
    this.chat = new Chat(
      view,
      (message) => this.#connection.send(message),
      (id) => this.people.nameOf(id),
    );
    this.#connection = new Connection(
      (message) => this.#hear(message),
      () => this.#connectionBroke(),
    );
    this.#endings = new Endings({
      settings,
      roomName: this.#roomName,
      view,
      media,
      me: this.me,
      people: this.people,
      connection: this.#connection,
      over: () => (this.#phase = 'over'),
      after: (ms, act) => this.#after(ms, act),
    });
  }

  /**
   * @param mediaSettled camera and microphone are there, were refused, or have kept us waiting long enough
   * @param name what the person typed into prejoin; the token's name beats it
   */
  connect(mediaSettled: Promise<void>, name = this.me.name): void {
    this.me.name = name;
    this.#mediaSettled = mediaSettled;
    const { room, tenant, token } = this.settings;
    this.view.showStatus('Joining the meeting …');
    this.#connection.open({ type: 'connect', room, tenant, token: token || null });
  }

  /** The page is going away: the others must not see a ghost. */
  unload(): void {
    this.#connection.leave();
    this.media.stopAll();
  }

  setSubject(subject: string): void {
    this.#connection.send({ type: 'subject', subject });
  }

  /** Opens a locked room while its password is asked for; afterwards, from a moderator, locks the room. */
  usePassword(password: string): void {
    if (this.#phase === 'joined') return this.#connection.send({ type: 'lock', password });
    this.#password = password;
    this.#join();
  }

  /** Does what the page around the frame says, as if the server had. */
  obey(order: Order): void {
    if (order === 'let-in') return this.#phase === 'connecting' ? this.#join() : undefined;
    if (this.#phase !== 'joined') return;
    if (order === 'kick') this.#endings.kicked(null);
    else if (order === 'end') this.#endings.ended();
    else this.#connection.cut();
  }

  say(text: string, to?: string): void {
    if (this.#phase === 'joined') this.chat.say(text, this.me.name, to);
  }

  kick(id: string): void {
    this.#connection.send({ type: 'kick', id });
  }

  endForAll(): void {
    this.#connection.send({ type: 'end' });
  }

  hangup(): void {
    if (this.#phase !== 'over') this.#endings.hangup();
  }

  show(): void {
    if (this.#phase === 'joined') this.view.showPeople(this.me.asOccupant, this.people.others, this.media.camera);
  }

  #join(): void {
    const { name, muted } = this.me;
    this.#connection.send({
      type: 'join',
      ...(name && { name }),
      ...(this.#password !== undefined && { password: this.#password }),
      audioMuted: muted.audio,
      videoMuted: muted.video,
    });
  }

  #hear(message: FromServer): void {
    if (this.#phase === 'over') return;
    switch (message.type) {
      case 'connected':
        return void this.#connected(message);
      case 'refused':
        return this.#refused(message.stage, message.text);
      case 'password-required':
        tellPasswordRequired();
        return this.view.askPassword(this.#password !== undefined, (password) => this.usePassword(password));
      case 'joined':
        return this.#joined(message);
      case 'resumed':
        return this.#log('info', 'Trying to resume');
      case 'session-gone':
        tellSessionGone();
        return this.#endings.reloadSoon();
      case 'restart':
        tellFocusLeft();
        return this.#endings.reloadSoon();
      case 'kicked':
        return this.#endings.kicked(message.by);
      case 'ended':
        return this.#endings.ended();
      case 'die':
        return this.#endings.die();
      case 'subject':
        tell('subjectChange', { subject: message.subject });
        return this.view.showSubject(message.subject || this.settings.room);
      case 'chat':
        return this.chat.hear(message);
      default:
        this.people.hear(message);
        this.show();
    }
  }

  async #connected({ id, session, name, email }: Extract<FromServer, { type: 'connected' }>): Promise<void> {
    this.#session = session;
    this.me.id = id;
    this.me.name = name ?? this.me.name;
    this.me.email = email ?? this.me.email;
    tell('whiteboardStatusChanged', { status: 'RESET' });
    this.#sayConnected();
    await this.#mediaSettled;
    const { trouble } = this.settings;
    if (trouble === undefined || trouble === 'camera-blocked') return this.#join();
    if (stopAtTheDoor(trouble, this.view, (password) => this.usePassword(password))) return;
    this.#phase = 'over';
    this.#connection.close();
  }

  #refused(stage: 'connect' | 'join', text: string): void {
    // Refused while resuming: the real app reports nothing, and goes on showing a dead call.
    if (this.#phase === 'joined') return this.#log('info', 'Canceling connection resume task');
    this.#phase = 'over';
    this.#connection.close();
    if (stage === 'join') tellJoiningRefused(text);
    else tellConnectingRefused(text);
    this.view.showDialog('You can’t join this meeting', `The server says: ${text}`);
  }

  #joined({ role, others, subject, createdAt }: Extract<FromServer, { type: 'joined' }>): void {
    this.#phase = 'joined';
    this.view.closeDialog();
    for (const other of others) this.people.meet(other);
    const { id, name, email, formattedName } = this.me;
    tell('toolbarVisibilityChanged', { visible: true });
    tell('videoConferenceJoined', {
      roomName: this.#roomName,
      id,
      displayName: name,
      formattedDisplayName: formattedName,
      avatarURL: '',
      breakoutRoom: this.#roomName !== this.settings.room.toLowerCase(),
      email,
      visitor: false,
    });
    tell('participantRoleChanged', { id, role: 'participant' });
    tell('avatarChanged', { id });
    const title = subject || this.settings.subject;
    this.view.showSubject(title || this.settings.room);
    this.show();
    if (this.diesWhenJoined) return this.#endings.die();
    this.#after(delays.role, () => {
      if (this.#phase !== 'joined') return;
      tell('subjectChange', { subject: title });
      if (role === 'moderator') this.#promoted();
      tell('conferenceCreatedTimestamp', { timestamp: String(createdAt) });
    });
  }

  #promoted(): void {
    const { id } = this.me;
    this.me.role = 'moderator';
    tell('notificationTriggered', { title: 'notify.moderator' });
    tell('participantRoleChanged', { id, role: 'moderator' });
    tell('avatarChanged', { id });
    this.show();
  }

  /** The app tries to take its place again, with the token it has. */
  #connectionBroke(): void {
    if (this.#phase !== 'joined') return;
    this.#log('error', 'Websocket closed unexpectedly');
    this.#log('info', 'Will try to resume');
    this.#after(delays.resume, () => {
      const { room, tenant, token } = this.settings;
      if (this.#phase !== 'joined' || this.#session === undefined) return;
      this.#connection.open({ type: 'connect', room, tenant, token: token || null, resume: this.#session });
    });
  }

  #log(logLevel: string, line: string): void {
    if (this.settings.logLevels.includes(logLevel)) tell('log', { logLevel, args: [line] });
  }

  #after(ms: number, act: () => void): void {
    setTimeout(act, ms * this.pace);
  }
}
