import type { FromServer, Media, Occupant, Role } from '../protocol.js';
import { Connection } from './connection.js';
import { fallSilent, tell } from './host.js';
import type { OwnMedia } from './media.js';
import { spelled, type Settings } from './settings.js';
import type { View } from './view.js';

/** Delays of the real app in ms, measured; `pace` shortens them. */
const delays = {
  role: 120,
  hangup: 300,
  welcomePage: 3000,
  resume: 1000,
  reload: 12_000,
  leftAfterEnd: 4850,
  leaveNotice: 1800,
};

/**
 * The meeting as this page lives it: what it hears from the server it shows and reports to the host, in the order and
 * shape of the real app (test/data/real-app).
 */
export class Conference {
  id = 'local';
  name: string | undefined;
  email: string | undefined;
  role: Role = 'participant';
  readonly others = new Map<string, Occupant>();
  readonly muted: Record<Media, boolean>;
  #session: string | undefined;
  #phase: 'connecting' | 'joined' | 'over' = 'connecting';
  #password: string | undefined;
  #unread = 0;
  readonly #roomName: string;
  readonly #connection: Connection;

  constructor(
    private readonly settings: Settings,
    private readonly view: View,
    private readonly media: OwnMedia,
    private readonly pace: number,
    private readonly diesWhenJoined: boolean,
  ) {
    this.#roomName = spelled(settings.room);
    this.name = settings.userInfo.displayName;
    this.email = settings.userInfo.email;
    this.muted = { audio: settings.startAudioMuted, video: true };
    this.#connection = new Connection(
      (message) => this.#hear(message),
      () => this.#connectionBroke(),
    );
  }

  /** @param name what the person typed into prejoin; the token's name beats it */
  connect(name = this.name): void {
    this.name = name;
    const { room, tenant, token } = this.settings;
    this.view.showStatus('Joining the meeting …');
    this.#connection.open({ type: 'connect', room, tenant, token: token || null });
  }

  /** The page is going away: the others must not see a ghost. */
  unload(): void {
    this.#connection.leave();
    this.media.stopAll();
  }

  async setMuted(media: Media, muted: boolean): Promise<void> {
    if (this.muted[media] === muted) return;
    if (muted) this.media.stop(media);
    else if ((await this.openMedia([media])) === 0) return;
    this.reportMuted(media, muted);
  }

  /** @returns how many of the wanted work */
  async openMedia(wanted: readonly Media[]): Promise<number> {
    const failures = await this.media.start(wanted);
    for (const { media, type, message } of failures) {
      tell(media === 'video' ? 'cameraError' : 'micError', { type, message });
      tell(media === 'video' ? 'videoAvailabilityChanged' : 'audioAvailabilityChanged', { available: false });
    }
    return wanted.length - failures.length;
  }

  reportMuted(media: Media, muted: boolean): void {
    this.muted[media] = muted;
    tell(media === 'video' ? 'videoMuteStatusChanged' : 'audioMuteStatusChanged', { muted });
    tell('participantMuted', { id: this.id, isMuted: muted, mediaType: media });
    this.#connection.send({ type: 'mute', media, muted });
    this.show();
  }

  rename(name: string): void {
    this.name = name;
    this.#connection.send({ type: 'rename', name });
    tell('displayNameChange', { displayname: name, formattedDisplayName: `${name} (me)`, id: this.id });
    this.show();
  }

  setEmail(email: string): void {
    this.email = email;
    tell('emailChange', { email, id: this.id });
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

  chat(text: string, to?: string): void {
    if (this.#phase !== 'joined' || text === '') return;
    this.#connection.send({ type: 'chat', text, ...(to && { to }) });
    tell('outgoingMessage', { message: text, privateMessage: to !== undefined });
    this.view.addChatLine(this.name ?? 'me', text, true);
  }

  chatToggled(isOpen: boolean): void {
    if (isOpen) this.#unread = 0;
    tell('chatUpdated', { unreadCount: this.#unread, isOpen });
  }

  kick(id: string): void {
    this.#connection.send({ type: 'kick', id });
  }

  endForAll(): void {
    this.#connection.send({ type: 'end' });
  }

  /** As the real app: says goodbye, tells the host after 0.3 s, and 3 s later loads its welcome page. */
  hangup(): void {
    if (this.#phase === 'over') return;
    this.#finish();
    this.#after(delays.hangup, () => {
      this.#muteAtTheEnd();
      tell('videoConferenceLeft', { roomName: this.#roomName });
      this.#readyToClose();
    });
  }

  show(): void {
    const { id, name, role, muted } = this;
    const me: Occupant = { id, name, role, audioMuted: muted.audio, videoMuted: muted.video };
    this.view.showPeople(me, [...this.others.values()], this.media.camera);
  }

  #join(): void {
    const { name, muted } = this;
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
        void this.#connected(message);
        break;
      case 'refused':
        this.#refused(message.stage, message.text);
        break;
      case 'password-required':
        this.#passwordRequired();
        break;
      case 'joined':
        this.#joined(message);
        break;
      case 'resumed':
        this.#log('info', 'Trying to resume');
        break;
      case 'session-gone':
        this.#fatal({
          details: { suspend_time: 0 },
          name: 'connection.otherError',
          message: 'item-not-found',
          type: 'CONNECTION',
        });
        break;
      case 'restart':
        this.#fatal({ name: 'conference.focusLeft', params: [], type: 'CONFERENCE' });
        break;
      case 'kicked':
        this.#kicked(message.by);
        break;
      case 'ended':
        this.#ended();
        break;
      case 'die':
        this.#die();
        break;
      default:
        this.#hearOfOthers(message);
    }
  }

  async #connected({ id, session, name, email }: Extract<FromServer, { type: 'connected' }>): Promise<void> {
    this.id = id;
    this.#session = session;
    this.name = name ?? this.name;
    this.email = email ?? this.email;
    tell('whiteboardStatusChanged', { status: 'RESET' });
    await this.view.mediaSettled;
    this.#join();
  }

  #refused(stage: 'connect' | 'join', text: string): void {
    if (this.#phase === 'joined') return this.#log('info', 'Canceling connection resume task');
    this.#phase = 'over';
    this.#connection.close();
    if (stage === 'join') {
      const params = ['general', text];
      tell('errorOccurred', {
        error: { name: 'conference.connectionError.notAllowed', params, type: 'CONFERENCE', isFatal: false },
      });
      tell('notificationTriggered', { title: 'dialog.tokenAuthFailed' });
    } else {
      const tokenNeeded = text === 'token required';
      if (!tokenNeeded) {
        const withReasons = text.startsWith('Not acceptable by') ? 'WithReasons' : '';
        tell('notificationTriggered', {
          description: `dialog.tokenAuthFailed${withReasons}`,
          title: 'dialog.tokenAuthFailedTitle',
        });
      }
      tell('errorOccurred', {
        error: {
          credentials: { jid: location.hostname },
          name: 'connection.passwordRequired',
          message: text.replaceAll("'", '&apos;'),
          ...(tokenNeeded && { recoverable: true }),
          type: 'CONNECTION',
          isFatal: false,
        },
      });
    }
    this.view.showDialog('You can’t join this meeting', `The server says: ${text}`);
  }

  #passwordRequired(): void {
    tell('errorOccurred', {
      error: { name: 'conference.passwordRequired', params: [], recoverable: true, type: 'CONFERENCE', isFatal: false },
    });
    tell('passwordRequired');
    this.view.askPassword(this.#password !== undefined, (password) => this.usePassword(password));
  }

  #joined({ role, others, subject, createdAt }: Extract<FromServer, { type: 'joined' }>): void {
    this.#phase = 'joined';
    this.view.closeDialog();
    for (const other of others) this.#meet(other);
    const { id, name, email } = this;
    tell('toolbarVisibilityChanged', { visible: true });
    tell('videoConferenceJoined', {
      roomName: this.#roomName,
      id,
      displayName: name,
      formattedDisplayName: name ? `${name} (me)` : 'me',
      avatarURL: '',
      breakoutRoom: this.#roomName !== this.settings.room.toLowerCase(),
      email,
      visitor: false,
    });
    tell('participantRoleChanged', { id, role: 'participant' });
    tell('avatarChanged', { id });
    this.#after(delays.role, () => {
      tell('subjectChange', { subject: subject || this.settings.subject });
      if (role === 'moderator') this.#promoted(role);
      tell('conferenceCreatedTimestamp', { timestamp: String(createdAt) });
    });
    this.view.showSubject(subject || this.settings.subject || this.settings.room);
    this.show();
    if (this.diesWhenJoined) this.#die();
  }

  #promoted(role: Role): void {
    this.role = role;
    tell('notificationTriggered', { title: 'notify.moderator' });
    tell('participantRoleChanged', { id: this.id, role });
    tell('avatarChanged', { id: this.id });
    this.show();
  }

  #hearOfOthers(message: FromServer): void {
    switch (message.type) {
      case 'occupant-joined':
        this.#meet(message.occupant);
        break;
      case 'occupant-left':
        this.#part(message.id);
        break;
      case 'occupant-kicked': {
        const kicked = { id: message.id, local: false, name: this.#nameOf(message.id) };
        const kicker = { id: message.by, local: message.by === this.id, name: this.#nameOf(message.by) };
        tell('participantKickedOut', { kicked, kicker });
        break;
      }
      case 'renamed': {
        const { id, name } = message;
        this.#change(id, { name });
        tell('displayNameChange', { displayname: name, formattedDisplayName: name, id });
        break;
      }
      case 'muted': {
        const { id, media, muted } = message;
        this.#change(id, media === 'audio' ? { audioMuted: muted } : { videoMuted: muted });
        tell('participantMuted', { id, isMuted: muted, mediaType: media });
        break;
      }
      case 'subject':
        tell('subjectChange', { subject: message.subject });
        this.view.showSubject(message.subject || this.settings.room);
        break;
      case 'chat': {
        const { from, text, stamp } = message;
        const nick = this.#nameOf(from);
        tell('incomingMessage', { from, message: text, nick, privateMessage: message.private, stamp });
        if (!this.view.addChatLine(nick, text, false)) this.#unread += 1;
        tell('chatUpdated', { unreadCount: this.#unread, isOpen: this.#unread === 0 });
      }
    }
    this.show();
  }

  #meet(occupant: Occupant): void {
    const { id, name } = occupant;
    this.others.set(id, occupant);
    tell('participantJoined', { id, displayName: name, formattedDisplayName: name ?? 'Fellow Jitster' });
    tell('avatarChanged', { id });
  }

  #part(id: string): void {
    if (!this.others.delete(id)) return;
    tell('participantLeft', { id });
    this.#after(delays.leaveNotice, () => tell('notificationTriggered', { title: 'notify.leftOneMember' }));
  }

  #change(id: string, facts: Partial<Occupant>): void {
    const occupant = this.others.get(id);
    if (occupant) this.others.set(id, { ...occupant, ...facts });
  }

  #nameOf(id: string | null): string {
    if (id === null) return 'the server';
    return (id === this.id ? this.name : this.others.get(id)?.name) ?? 'Fellow Jitster';
  }

  #kicked(by: string | null): void {
    const kicker = { id: by, name: this.#nameOf(by) };
    this.#finish();
    tell('participantKickedOut', { kicked: { id: 'local', name: this.name, local: true }, kicker });
    for (const id of this.others.keys()) tell('participantLeft', { id });
    this.others.clear();
    tell('videoConferenceLeft', { roomName: this.#roomName });
    this.view.showDialog('You were removed from the meeting', `By ${kicker.name}.`, () => this.#readyToClose());
  }

  #ended(): void {
    this.#finish();
    const params = ['The meeting has been terminated', null];
    tell('errorOccurred', { error: { name: 'conference.destroyed', params, type: 'CONFERENCE', isFatal: false } });
    this.#muteAtTheEnd();
    this.#after(delays.leftAfterEnd, () => tell('videoConferenceLeft', { roomName: this.#roomName }));
    this.view.showDialog('The meeting has ended', 'A moderator ended it for everyone.', () => this.#readyToClose());
  }

  /** The app gives up and reloads itself, with the token it has. */
  #fatal(error: object): void {
    tell('errorOccurred', { error: { ...error, isFatal: true } });
    this.#finish();
    this.view.showDialog('The connection was lost', 'This page loads again in a moment.');
    this.#after(delays.reload, () => {
      tell('videoConferenceLeft', { roomName: this.#roomName });
      location.reload();
    });
  }

  /**
   * The app tries to take its place again with the token it has. When that token is over by then, it tells nobody, and
   * goes on showing a call that isn't one.
   */
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

  #finish(): void {
    this.#phase = 'over';
    tell('raiseHandUpdated', { handRaised: 0, id: 'local' });
    tell('whiteboardStatusChanged', { status: 'RESET' });
    this.#connection.leave();
  }

  #muteAtTheEnd(): void {
    this.media.stopAll();
    if (this.muted.video) return;
    this.id = 'local';
    this.reportMuted('video', true);
  }

  #readyToClose(): void {
    tell('readyToClose');
    if (!this.settings.enableClosePage) tell('notificationTriggered', { title: 'dialog.thankYou' });
    this.view.showDialog('You have left the meeting', 'Thank you for using the stand-in.');
    this.#after(this.settings.enableClosePage ? 0 : delays.welcomePage, () => {
      tell('videoConferenceLeft', { roomName: this.#roomName });
      const { search, hash } = location;
      location.href = `/static/goodbye.html${search}${this.settings.enableClosePage ? '' : hash}`;
    });
  }

  #die(): void {
    this.#phase = 'over';
    fallSilent();
    this.#connection.close();
    this.media.stopAll();
    document.body.replaceChildren();
  }

  #after(ms: number, act: () => void): void {
    setTimeout(act, ms * this.pace);
  }
}
