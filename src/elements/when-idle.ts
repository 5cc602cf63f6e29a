/**
 * Runs when the page has nothing else to do, at the latest after `timeout` ms. Returns a function that cancels it.
 * Browsers that don't tell when they are idle wait for a fifth of the time.
 */
export function whenIdle(run: () => void, timeout: number): () => void {
  if ('requestIdleCallback' in globalThis) {
    const id = requestIdleCallback(run, { timeout });
    return () => cancelIdleCallback(id);
  }
  const id = setTimeout(run, timeout / 5);
  return () => clearTimeout(id);
}
