// What is asked of the page and of the meeting's frame. Each is code that the browser runs there.

const find = `const find = (root) => {
  for (const one of root.querySelectorAll('*')) {
    if (one.localName === 'jitsi-meeting') return one;
    const inner = one.shadowRoot && find(one.shadowRoot);
    if (inner) return inner;
  }
}; const tag = find(document);`;

/** `Glance`, see observe.ts. */
export const glance = `(() => { ${find}
  const page = { address: location.href, loaded: document.readyState === 'complete', time: performance.now() };
  if (!tag) return { ...page, tag: null };
  const text = (value) => (value === undefined || value === null ? '' : String(value).slice(0, 2000));
  const { state, error } = tag;
  return { ...page, tag: {
    state: typeof state === 'string' ? text(state) : null,
    loading: text(tag.loading),
    error: error ? { code: text(error.code), message: text(error.message), hint: text(error.hint) } : null,
  } };
})()`;

export const start = `(() => { ${find} tag?.join?.().catch(() => {}); })()`;

export const leave = `(() => { ${find} return tag?.leave?.().catch(() => {}); })()`;

export const frameOf = `(() => { ${find} return tag?.api?.getIFrame(); })()`;

/** Jitsi's prejoin screen has one button that joins. Returns whether it was there and could be pressed. */
export const pressPrejoin = `(() => {
  const button = document.querySelector('[data-testid="prejoin.joinMeeting"]');
  if (!button || button.disabled || button.getAttribute('aria-disabled') === 'true') return false;
  button.click();
  return true;
})()`;

/** Resolves with `FrameFacts['storage']`. */
export const storage = `(async () => {
  try {
    localStorage.setItem('jitsi-meeting-doctor', '');
    localStorage.removeItem('jitsi-meeting-doctor');
  } catch {
    return 'refused';
  }
  return (await document.hasStorageAccess?.()) === false ? 'apart' : 'works';
})()`;
