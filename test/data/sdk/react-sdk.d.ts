import type EventEmitter from 'node:events';
import type React from 'react';

export interface IJitsiMeetExternalApi extends EventEmitter {
    addEventListener: (event: string, fn: () => void) => void;
    addEventListeners: (listeners: object) => void;
    captureLargeVideoScreenshot: () => Promise<string>;
    dispose: () => void;
    executeCommand: (name: string, ...args: any[] | undefined[]) => void;
    executeCommands: (commands: {
        [command: string]: any[] | undefined[];
    }) => void;
    getAvailableDevices: () => Promise<object[]>;
    getAvatarURL: (participantId: string) => string;
    getContentSharingParticipants: () => Promise<string[]>;
    getCurrentDevices: () => Promise<object[]>;
    getCustomAvatarBackgrounds: () => Promise<string[]>;
    getDeploymentInfo: () => Promise<object>;
    getDisplayName: (participantId: string) => string;
    getEmail: (participantId: string) => string;
    getIFrame: () => HTMLElement;
    getLivestreamUrl: () => Promise<string | undefined>;
    getNumberOfParticipants: () => number;
    getParticipantsInfo: () => object[];
    getVideoQuality: () => number;
    invite: (invitees: object[]) => Promise<object[]>;
    isAudioAvailable: () => Promise<boolean>;
    isAudioMuted: () => Promise<boolean>;
    isDeviceChangeAvailable: () => Promise<boolean>;
    isDeviceListAvailable: () => Promise<boolean>;
    isModerationOn: () => Promise<boolean>;
    isMultipleAudioInputSupported: () => Promise<boolean>;
    isParticipantForceMuted: (participantId: string, mediaType: string) => Promise<boolean>;
    isSharingScreen: () => Promise<boolean>;
    isVideoAvailable: () => Promise<boolean>;
    isVideoMuted: () => Promise<boolean>;
    pinParticipant: (participantId: string) => void;
    removeEventListener: (event: string) => void;
    removeEventListeners: (eventList: string[]) => void;
    resizeLargeVideo: (width: number, height: number) => void;
    sendProxyConnectionEvent: (event: {
        data: object;
        form: string;
    }) => void;
    setAudioInputDevice: (label: string, deviceId: string) => Promise<void>;
    setAudioOutputDevice: (label: string, deviceId: string) => Promise<void>;
    setLargeVideoParticipant: (participantId: string) => void;
    setVideoInputDevice: (label: string, deviceId: string) => Promise<void>;
    startRecording: (options: {
        mode: 'file' | 'stream';
        dropboxToken: string;
        shouldShare: boolean;
        rtmpStreamKey: string;
        rtmpBroadcastID: string;
        youtubeStreamKey: string;
        youtubeBroadcastID: string;
    }) => void;
    stopRecording: (mode: 'file' | 'stream') => void;
}
export interface IMeetingProps {
    roomName: string;
    configOverwrite?: object;
    interfaceConfigOverwrite?: object;
    jwt?: string;
    invitees?: [];
    devices?: {
        audioInput: string;
        audioOutput: string;
        videoInput: string;
    };
    userInfo?: {
        displayName: string;
        email: string;
    };
    lang?: string;
    release?: string;
    spinner?: React.ElementType;
    onApiReady?: (api: IJitsiMeetExternalApi) => void;
    onReadyToClose?: () => void;
    getIFrameRef?: (parentNode: HTMLDivElement) => void;
}
export interface IJitsiMeetingProps extends IMeetingProps {
    domain?: string;
}
export interface IJaaSMeetingProps extends IMeetingProps {
    appId: string;
    useStaging?: boolean;
}
