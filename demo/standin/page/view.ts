import type { Occupant } from '../protocol.js';
import { h, icon, type Icon } from './dom.js';
import { tile } from './tiles.js';

export interface Actions {
  hangup(): void;
  endForAll(): void;
  toggleAudio(): void;
  toggleVideo(): void;
  toggleChat(): void;
  sendChat(text: string): void;
  kick(id: string): void;
}

/** What the person in the frame sees. Knows nothing of servers and hosts: it is told what to show. */
export class View {
  readonly #title = h('h1', {});
  readonly #stage = h('ul', { class: 'stage', 'aria-label': 'People in the meeting' });
  readonly #status = h('p', { class: 'status', role: 'status' });
  readonly #lines = h('div', { class: 'lines', role: 'log', tabindex: '0', 'aria-label': 'Chat messages' });
  readonly #chat: HTMLElement;
  readonly #dialog = h('dialog', { 'aria-labelledby': 'dialog-title' });
  readonly #microphone: HTMLButtonElement;
  readonly #camera: HTMLButtonElement;
  readonly #chatButton: HTMLButtonElement;
  readonly #toolbar: HTMLElement;
  /** Kept, since a new one would flicker each time that someone comes or goes. */
  readonly #video = h('video', { autoplay: true, playsinline: true, 'aria-label': 'Your camera' });
  #isModerator = false;

  constructor(
    room: string,
    private readonly actions: Actions,
  ) {
    this.#title.textContent = room;
    this.#video.muted = true;
    this.#microphone = button('Microphone', 'microphone', () => actions.toggleAudio());
    this.#camera = button('Camera', 'camera', () => actions.toggleVideo());
    this.#chatButton = button('Chat', 'chat', () => actions.toggleChat());
    const hangup = button('Leave the meeting', 'hangup', () => this.#askHowToLeave());
    hangup.classList.add('hangup');
    this.#toolbar = h('footer', { class: 'toolbar' }, this.#microphone, this.#camera, this.#chatButton, hangup);
    this.#chat = this.#makeChat();
    this.#dialog.addEventListener('cancel', (event) => event.preventDefault());
    document.body.replaceChildren(
      h('header', {}, this.#title, h('span', { class: 'badge' }, 'a local stand-in for Jitsi Meet')),
      h('main', {}, this.#status, this.#stage),
      this.#chat,
      this.#toolbar,
      this.#dialog,
    );
    document.title = `${room} | stand-in for Jitsi Meet`;
  }

  showStatus(text: string): void {
    this.#status.textContent = text;
  }

  showSubject(subject: string): void {
    this.#title.textContent = subject;
  }

  showPeople(me: Occupant, others: readonly Occupant[], camera: MediaStream | undefined): void {
    this.#isModerator = me.role === 'moderator';
    this.#status.textContent = '';
    const tiles = others.map((other) =>
      tile(other, { isMe: false, ...(this.#isModerator && { onRemove: () => this.actions.kick(other.id) }) }),
    );
    if (this.#video.srcObject !== (camera ?? null)) this.#video.srcObject = camera ?? null;
    this.#stage.replaceChildren(tile(me, { isMe: true, ...(camera && { camera: this.#video }) }), ...tiles);
    this.#stage.style.setProperty('--columns', String(Math.ceil(Math.sqrt(others.length + 1))));
    press(this.#microphone, !me.audioMuted);
    press(this.#camera, !me.videoMuted);
  }

  /** @returns whether the chat is open now */
  toggleChat(): boolean {
    this.#chat.hidden = !this.#chat.hidden;
    press(this.#chatButton, !this.#chat.hidden);
    this.#chatButton.classList.remove('unread');
    if (!this.#chat.hidden) this.#chat.querySelector('input')?.focus();
    return !this.#chat.hidden;
  }

  /** @returns whether it can be seen, because the chat is open */
  addChatLine(name: string, text: string, isMine: boolean): boolean {
    const line = h('p', { class: isMine ? 'mine' : '' }, h('b', {}, name), h('span', {}, text));
    this.#lines.append(line);
    line.scrollIntoView({ block: 'nearest' });
    if (this.#chat.hidden && !isMine) this.#chatButton.classList.add('unread');
    return !this.#chat.hidden;
  }

  showPrejoin(name: string, join: (name: string) => void): void {
    const input = h('input', { name: 'name', value: name, autocomplete: 'name', required: true });
    // As the real app calls it, for programs that press it.
    const submit = h('button', { class: 'primary', 'data-testid': 'prejoin.joinMeeting' }, 'Join meeting');
    this.#open(
      'Ready to join?',
      h(
        'form',
        {
          onsubmit: (event) => {
            event.preventDefault();
            this.closeDialog();
            join(input.value);
          },
        },
        h('label', {}, 'Your name', input),
        submit,
      ),
    );
  }

  askPassword(wasWrong: boolean, answer: (password: string) => void): void {
    const input = h('input', { type: 'password', name: 'password', autocomplete: 'off', required: true });
    this.#open(
      'This meeting has a password',
      h('p', { role: 'status' }, wasWrong ? 'That was not the password.' : ''),
      h(
        'form',
        {
          onsubmit: (event) => {
            event.preventDefault();
            answer(input.value);
          },
        },
        h('label', {}, 'Password', input),
        h('button', { class: 'primary' }, 'Join meeting'),
      ),
    );
  }

  /** @param confirm what OK does; without it there is no OK */
  showDialog(title: string, text: string, confirm?: () => void): void {
    const parts: Node[] = [h('p', {}, text)];
    if (confirm) parts.push(h('button', { class: 'primary', onclick: confirm }, 'OK'));
    this.#open(title, ...parts);
  }

  closeDialog(): void {
    this.#dialog.close();
  }

  #askHowToLeave(): void {
    if (!this.#isModerator) return this.actions.hangup();
    const choice = (text: string, act: () => void, look: string) =>
      h('button', { class: look, onclick: () => (this.closeDialog(), act()) }, text);
    this.#open(
      'Leave the meeting?',
      h(
        'div',
        { class: 'choices' },
        choice('Leave', () => this.actions.hangup(), 'primary'),
        choice('End for everyone', () => this.actions.endForAll(), 'danger'),
        choice('Stay', () => {}, ''),
      ),
    );
  }

  #open(title: string, ...content: Node[]): void {
    this.#dialog.replaceChildren(h('h2', { id: 'dialog-title' }, title), ...content);
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  #makeChat(): HTMLElement {
    const input = h('input', { 'aria-label': 'Message', placeholder: 'Say something', maxlength: '2000' });
    const form = h(
      'form',
      {
        onsubmit: (event) => {
          event.preventDefault();
          this.actions.sendChat(input.value.trim());
          input.value = '';
        },
      },
      input,
      h('button', { class: 'primary' }, 'Send'),
    );
    return h('aside', { class: 'chat', 'aria-label': 'Chat', hidden: true }, this.#lines, form);
  }
}

function button(name: string, shape: Icon, act: () => void): HTMLButtonElement {
  const element = h('button', { type: 'button', title: name, 'aria-label': name, onclick: act });
  element.append(icon(shape, 'strike'));
  return element;
}

/** Shows a button as on or off, to eyes and to screen readers. */
function press(element: HTMLElement, on: boolean): void {
  element.setAttribute('aria-pressed', String(on));
}
