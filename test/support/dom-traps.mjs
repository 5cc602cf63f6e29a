// Loaded ahead of an entry in a process of its own (`node --import`): notes each touch of what only browsers have, and by
// which file. What is set is noted as well, and is no browser's any more.
const names = [
  'window',
  'document',
  'location',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'history',
  'screen',
  'parent',
  'top',
  'frames',
  'customElements',
  'CustomElementRegistry',
  'Node',
  'Element',
  'HTMLElement',
  'ShadowRoot',
  'Document',
  'CSSStyleSheet',
  'MutationObserver',
  'IntersectionObserver',
  'ResizeObserver',
  'ReportingObserver',
  'matchMedia',
  'requestAnimationFrame',
  'requestIdleCallback',
  'getComputedStyle',
  'XMLHttpRequest',
  'Image',
  'DOMParser',
  'isSecureContext',
  'crossOriginIsolated',
  'addEventListener',
  'onLine',
  'origin',
];
const file = import.meta.url;
const touches = [];
const note = (how, name) => {
  const caller = new Error().stack
    .split('\n')
    .slice(1)
    .find((line) => !line.includes(file));
  touches.push({ how, name, by: /(?:file:\/\/)?(\/[^)\s]+?):\d+:\d+\)?$/.exec(caller)?.[1] ?? caller });
};
for (const name of names) {
  if (name in globalThis) continue;
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get: () => void note('read', name),
    set(value) {
      note('set', name);
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    },
  });
}
const before = new Set(Object.getOwnPropertyNames(globalThis));
process.on('exit', () => {
  const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
  console.log(JSON.stringify({ touches, added }));
});
