/**
 * A part of the page with an address of its own: `#/theme?accent=...;text=...`. Jitsi's script reads settings from the
 * address of the page that it runs on; it leaves alone what looks like this.
 */
export interface Route {
  tab: string;
  query: URLSearchParams;
}

export function route(): Route {
  const [tab = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  return { tab, query: new URLSearchParams(query.replaceAll(';', '&')) };
}

/** Puts what is set in a tab into the page's address, so that it can be shared. Adds nothing to the history. */
export function keepInAddress(tab: string, values: Readonly<Record<string, string | undefined>>): void {
  const query = new URLSearchParams(
    Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
    .toString()
    .replaceAll('&', ';');
  history.replaceState(history.state, '', `#/${tab}${query && `?${query}`}`);
}

/** Draws a panel when its tab is opened for the first time, by code that is loaded then. */
export type Panels = Readonly<Record<string, (place: HTMLElement) => Promise<void>>>;

const nameOf = (tab: HTMLAnchorElement): string => tab.hash.slice(2);

/** Shows the panel that the address names, else the first. Arrow keys, Home and End go from tab to tab. */
export function startTabs(list: HTMLElement, panels: Panels): void {
  const tabs = [...list.querySelectorAll<HTMLAnchorElement>('[role=tab]:not([hidden])')];
  const drawn = new Set<string>();
  /** What was last set in each tab. */
  const addresses = new Map<string, string>();

  const show = (): void => {
    const { tab: asked } = route();
    const name = nameOf(tabs.find((tab) => nameOf(tab) === asked) ?? tabs[0]!);
    for (const tab of tabs) {
      const isShown = nameOf(tab) === name;
      tab.setAttribute('aria-selected', String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      if (isShown) list.scrollLeft = Math.max(0, tab.offsetLeft + tab.offsetWidth - list.clientWidth);
      const panel = document.getElementById(tab.getAttribute('aria-controls')!)!;
      panel.hidden = !isShown;
      if (!isShown || drawn.has(name)) continue;
      drawn.add(name);
      panels[name]!(panel).catch((error: unknown) => {
        panel.textContent = `This part could not be loaded: ${String(error)}`;
      });
    }
  };

  const open = (tab: HTMLAnchorElement): void => {
    const { tab: current } = route();
    if (current) addresses.set(current, location.hash);
    location.hash = addresses.get(nameOf(tab)) ?? tab.hash;
  };

  list.addEventListener('click', (event) => {
    const tab = (event.target as Element).closest<HTMLAnchorElement>('[role=tab]');
    if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(tab);
  });
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(event.target as HTMLAnchorElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1, ' ': at }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length]!;
    tab.focus();
    open(tab);
  });
  window.addEventListener('hashchange', show);
  show();
}
