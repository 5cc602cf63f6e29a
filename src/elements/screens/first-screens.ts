import type { MessageKey } from '../../locale/en.js';
import { spinnerIcon, circle } from './icons.js';
import { make, makeDrawing, update } from './make.js';
import type { Screen } from './screen.js';

/** Draws the screens of the first file, without templates: these come with what is drawn later. */
export class FirstScreens {
  #panel: HTMLElement | undefined;
  #look = '';
  /** The newest: a button does what it says. */
  #screen: Screen | undefined;

  /** @param before what the screen lies over */
  constructor(private readonly before: Element) {}

  /** `undefined`: none of them. */
  show(screen: Screen | undefined, say: (key: MessageKey) => string): void {
    this.#screen = screen;
    const look = screen ? lookOf(screen) : '';
    if (look !== this.#look) {
      this.#look = look;
      this.#panel?.remove();
      this.#panel = screen && this.#make(screen);
      if (this.#panel) this.before.after(this.#panel);
    }
    if (!screen) return;
    const words = [screen.title, screen.text].filter(Boolean).concat(screen.actions.map(({ key }) => say(key)));
    for (const [index, place] of this.#panel!.querySelectorAll('h2, p, button').entries())
      update(place, {}, words[index]);
  }

  #make({ panel, tone, icon, title, text, actions }: Screen): HTMLElement {
    const sign = icon ? makeDrawing({}, icon) : makeDrawing({ class: 'spinner' }, circle, spinnerIcon);
    const buttons = actions.map(({ quiet }, index) => {
      const button = make('button', { type: 'button', class: quiet ? 'quiet' : '', part: 'button' });
      button.addEventListener('click', () => this.#screen?.actions[index]?.press?.());
      return button;
    });
    return make(
      'div',
      { class: `panel ${panel}`, 'data-tone': tone, part: 'panel' },
      make(
        'div',
        { class: 'sheet' },
        make('slot', { name: 'logo' }),
        make(
          'slot',
          { name: panel },
          make('span', { class: 'icon', part: icon ? 'icon' : 'spinner', 'aria-hidden': 'true' }, sign),
          ...(title ? [make('h2', { part: 'title' })] : []),
          ...(text ? [make('p', { part: 'message' })] : []),
        ),
        make('div', { class: 'actions' }, ...buttons, make('slot', { name: 'actions' })),
      ),
    );
  }
}

/** What can't be changed in the screen that is there: all but its words. */
const lookOf = ({ panel, tone, icon, title, text, actions }: Screen): string =>
  JSON.stringify([panel, tone, icon, !title, !text, actions]);
