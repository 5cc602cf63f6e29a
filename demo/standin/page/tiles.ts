import type { Occupant } from '../protocol.js';
import { h, icon } from './dom.js';

/** One person: camera or initials, name, what is muted, and for moderators a way to remove them. */
export function tile(
  person: Occupant,
  options: { isMe: boolean; camera?: HTMLVideoElement; onRemove?: () => void },
): HTMLElement {
  const name = person.name ?? (options.isMe ? 'You' : 'Fellow Jitster');
  const label = h(
    'div',
    { class: 'label' },
    h('span', { class: 'name' }, options.isMe && person.name ? `${name} (you)` : name),
  );
  if (person.role === 'moderator') {
    const star = h('span', { class: 'moderator', title: 'Moderator', role: 'img', 'aria-label': 'moderator' });
    star.append(icon('star'));
    label.append(star);
  }
  if (person.audioMuted) {
    const muted = h('span', { class: 'muted', title: 'Microphone off', role: 'img', 'aria-label': 'microphone off' });
    muted.append(icon('microphone', 'strike'));
    label.append(muted);
  }
  const element = h('li', { class: options.isMe ? 'tile me' : 'tile' }, picture(person, name, options.camera), label);
  if (options.onRemove) {
    const text = `Remove ${name} from the meeting`;
    const remove = h('button', { class: 'remove', title: text, 'aria-label': text, onclick: options.onRemove });
    remove.append(icon('remove'));
    element.append(remove);
  }
  return element;
}

function picture(person: Occupant, name: string, camera: HTMLVideoElement | undefined): HTMLElement {
  if (camera && !person.videoMuted) return camera;
  const avatar = h('div', { class: 'avatar', 'aria-hidden': 'true' }, initials(name));
  avatar.style.setProperty('--hue', String(hue(person.id)));
  return avatar;
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '').join('');
}

/** The same person, the same colour. */
function hue(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  return sum;
}
