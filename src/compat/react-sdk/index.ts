'use client';

import { createElement, useRef, useState, type ElementType, type ReactElement } from 'react';
import { JitsiMeeting as Meeting } from '../../react/index.js';
import { defaultDomain, jaasMeeting, targetOf, type Target } from '../target.js';
import { Teller } from '../told.js';
import type { IJaasProps, IJitsiMeetExternalApi, IMeetingProps } from '../types.js';

export type { IJitsiMeetExternalApi, JitsiMeetExternalApi } from '../types.js';

interface ReactProps extends IMeetingProps {
  /** Release of the app, such as `release-1234`. */
  release?: string | undefined;
  /** What the visitor sees until the app is up; without one, the element's own screen. */
  spinner?: ElementType | undefined;
  /** Gets Jitsi's API object when the frame has been made, and the new one of each rejoin. */
  onApiReady?: ((api: IJitsiMeetExternalApi) => void) | undefined;
  /** The visitor has left, was removed, or the conference has ended. */
  onReadyToClose?: (() => void) | undefined;
  /** Gets the element around the meeting, for its size and its looks. */
  getIFrameRef?: ((parentNode: HTMLDivElement) => void) | undefined;
}

/** Props of `JitsiMeeting`, as in `@jitsi/react-sdk`. */
export interface IJitsiMeetingProps extends ReactProps {
  /** Host of the deployment. Default: `meet.jit.si`, which ends embedded meetings after five minutes. */
  domain?: string | undefined;
}

/** Props of `JaaSMeeting`, as in `@jitsi/react-sdk`. */
export interface IJaaSMeetingProps extends ReactProps, IJaasProps {}

/** A meeting, with the props of `@jitsi/react-sdk`, run by `<jitsi-meeting>`. */
export function JitsiMeeting({
  domain = defaultDomain,
  roomName,
  jwt,
  spinner,
  onApiReady,
  onReadyToClose,
  getIFrameRef,
  ...others
}: IJitsiMeetingProps): ReactElement {
  const around = useRef<HTMLDivElement>(null);
  const teller = useRef(new Teller());
  const [ofFrame, setOfFrame] = useState<Target>();
  const target = ofFrame ?? targetOf(domain, roomName);
  const hear = (event: Event): void =>
    teller.current.hear(event, {
      apiReady(api) {
        setOfFrame(target);
        onApiReady?.(api);
        if (around.current) getIFrameRef?.(around.current);
      },
      readyToClose: () => onReadyToClose?.(),
    });
  return createElement(
    'div',
    { ref: around },
    createElement(
      Meeting,
      {
        ...others,
        ...target,
        token: jwt,
        style: { height: '100%' },
        onMeetingStateChange: hear,
        onBrowserSupport: hear,
        onReady: hear,
      },
      spinner && createElement('div', { slot: 'loading' }, createElement(spinner)),
    ),
  );
}

/** A meeting at JaaS, with the props of `@jitsi/react-sdk`. */
export function JaaSMeeting({ appId, useStaging, roomName, ...others }: IJaaSMeetingProps): ReactElement {
  return createElement(JitsiMeeting, { ...others, ...jaasMeeting({ appId, roomName, useStaging }) });
}
