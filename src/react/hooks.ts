import { useEffect, useInsertionEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { JitsiMeetingElement } from '../index.js';

type Element = RefObject<JitsiMeetingElement | null>;

/** On a server React warns about layout effects, because it can't run them. Which of both it is never changes. */
export const useBeforeStart: typeof useEffect = (effect, dependencies) =>
  (typeof document === 'undefined' ? useEffect : useLayoutEffect)(effect, dependencies);

/**
 * Calls the newest handlers. A listener is there once for each name and stays, because React ends the effects of what it
 * only hides; of a component that is removed no handler hears any more.
 */
export function useListeners(element: Element, listeners: readonly (readonly [string, EventListener])[]): void {
  const newest = useRef<ReadonlyMap<string, EventListener>>(new Map());
  const heard = useRef(new Set<string>());
  const hasEffects = useRef(false);

  useInsertionEffect(() => {
    newest.current = new Map(listeners);
  });

  useBeforeStart(() => {
    const target = element.current!;
    for (const [name] of listeners) {
      if (heard.current.has(name)) continue;
      heard.current.add(name);
      target.addEventListener(name, (event: Event) => {
        if (hasEffects.current || target.isConnected) newest.current.get(name)?.(event);
      });
    }
  });

  useBeforeStart(() => {
    hasEffects.current = true;
    return () => void (hasEffects.current = false);
  }, []);
}

/**
 * Nobody must go on sending picture and sound from a page that React hides (`<Activity>`): the meeting is left, and joined
 * again when it is shown. React ends passive effects then, but not where a `<Suspense>` only waits.
 */
export function useLeaveWhenHidden(element: Element): void {
  const hiding = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hasLeft = useRef(false);

  useEffect(() => {
    const target = element.current!;
    clearTimeout(hiding.current);
    if (hasLeft.current && !['click', 'manual'].includes(target.loading)) target.join().catch(() => {});
    hasLeft.current = false;
    return () => {
      // Under <StrictMode> the effect is back at once. What is removed leaves by itself.
      hiding.current = setTimeout(() => {
        // A meeting that failed may be tried again by itself.
        if (!target.isConnected || ['idle', 'ended'].includes(target.state)) return;
        hasLeft.current = true;
        void target.leave();
      });
    };
  }, [element]);
}
