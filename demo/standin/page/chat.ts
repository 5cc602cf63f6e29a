import type { FromServer, ToServer } from '../protocol.js';
import { tell } from './host.js';
import type { View } from './view.js';

/** Messages in and out, and how many of them are unread. */
export class Chat {
  #unread = 0;

  constructor(
    private readonly view: View,
    private readonly send: (message: ToServer) => void,
    private readonly nameOf: (id: string | null) => string,
  ) {}

  toggle(): void {
    const isOpen = this.view.toggleChat();
    if (isOpen) this.#unread = 0;
    tell('chatUpdated', { unreadCount: this.#unread, isOpen });
  }

  say(text: string, myName: string | undefined, to?: string): void {
    if (text === '') return;
    this.send({ type: 'chat', text, ...(to && { to }) });
    tell('outgoingMessage', { message: text, privateMessage: to !== undefined });
    this.view.addChatLine(myName ?? 'me', text, true);
  }

  hear({ from, text, stamp, private: privateMessage }: Extract<FromServer, { type: 'chat' }>): void {
    const nick = this.nameOf(from);
    tell('incomingMessage', { from, message: text, nick, privateMessage, stamp });
    const isOpen = this.view.addChatLine(nick, text, false);
    if (!isOpen) this.#unread += 1;
    tell('chatUpdated', { unreadCount: this.#unread, isOpen });
  }
}
