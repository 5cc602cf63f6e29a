'use client';

import {
  createElement,
  forwardRef,
  useImperativeHandle,
  useRef,
  type ForwardRefExoticComponent,
  type RefAttributes,
} from 'react';
import type { JitsiMeetingElement } from '../index.js';
import { useBeforeStart, useLeaveWhenHidden, useListeners } from './hooks.js';
import { sortProps, type JitsiMeetingProps, type Values } from './props.js';

export type { JitsiMeetingHandlers, JitsiMeetingProperties, JitsiMeetingProps } from './props.js';

/**
 * `<jitsi-meeting>` as a component of React 18 and 19; `ref` gives the element. Properties and listeners are set before
 * the meeting starts, and a render interrupts nothing: changes count from the same moment as with the element itself.
 * Importing it defines the elements.
 *
 * Hidden by `<Activity>`, as by Next's `cacheComponents`, it leaves the meeting, and joins it again when it is shown.
 *
 * On a server it renders the tag and its children; the meeting starts when the page has been hydrated.
 */
export const JitsiMeeting: ForwardRefExoticComponent<JitsiMeetingProps & RefAttributes<JitsiMeetingElement>> =
  forwardRef<JitsiMeetingElement, JitsiMeetingProps>(function JitsiMeeting({ className, ...props }, ref) {
    const { own, listeners, others } = sortProps(props);
    const element = useRef<JitsiMeetingElement>(null);
    /**
     * Every property that was ever given, with the value it had before: that comes back when the property is left out.
     */
    const first = useRef<Values>({ loading: 'eager' });
    useImperativeHandle(ref, () => element.current!, []);

    useBeforeStart(() => {
      const target = element.current as unknown as Values;
      for (const name of Object.keys(own)) if (!(name in first.current)) first.current[name] = target[name];
      for (const [name, value] of Object.entries(first.current)) target[name] = own[name] ?? value;
    });

    useListeners(element, listeners);
    useLeaveWhenHidden(element);

    // The browser makes an element of a server's markup before React has set its properties, so it waits (`manual`).
    // React 18 has no className for custom elements.
    return createElement('jitsi-meeting', { ...others, class: className, ref: element, loading: 'manual' });
  });
