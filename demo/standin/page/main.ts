import type { Media } from '../protocol.js';
import { Conference } from './conference.js';
import { answer, obey, tell } from './host.js';
import { OwnMedia } from './media.js';
import { playScene } from './scene.js';
import { facts, nameInToken, ownAddress, readSettings, type Settings } from './settings.js';
import { onOrder } from './trouble.js';
import { View } from './view.js';

/** Longest wait for camera and microphone before joining without them, in ms: a prompt may be on screen. */
const mediaPatience = 2000;

/** What the real app says at every start, before it has connected anywhere. */
function announce({ startAudioMuted }: Pick<Settings, 'startAudioMuted'>): void {
  tell('browserSupport', { supported: true });
  tell('ready');
  tell('audioMuteStatusChanged', { muted: startAudioMuted });
  tell('tileViewChanged', { enabled: false });
  tell('audioOnlyChanged', { enabled: false });
  tell('audioAvailabilityChanged', { available: true });
  tell('videoMuteStatusChanged', { muted: true });
  tell('notificationTriggered', { description: 'recording.off', title: 'dialog.recording' });
  tell('recordingStatusChanged', { on: false, mode: 'stream', transcription: false });
  tell('transcribingStatusChanged', { on: false });
  tell('videoQualityChanged', { videoQuality: 2160 });
  tell('filmstripDisplayChanged', { visible: true });
}

function announceUser({ displayName, email }: Settings['userInfo']): void {
  if (displayName === undefined && email === undefined) return;
  tell('displayNameChange', { displayname: displayName, formattedDisplayName: displayName, id: 'local' });
  tell('emailChange', { email: email ?? '', id: 'local' });
}

function main(): void {
  const { pace, scene, fault } = facts();
  const settings = readSettings(ownAddress());
  if (scene !== null) return void playScene(scene);
  if (location.pathname.endsWith('/goodbye.html')) return announce(settings);

  const media = new OwnMedia(settings.trouble === 'camera-blocked');
  const view = new View(settings.room, {
    hangup: () => conference.hangup(),
    endForAll: () => conference.endForAll(),
    toggleAudio: () => void conference.me.toggle('audio'),
    toggleVideo: () => void conference.me.toggle('video'),
    toggleChat: () => conference.chat.toggle(),
    sendChat: (text) => conference.say(text),
    kick: (id) => conference.kick(id),
  });
  const conference = new Conference(settings, view, media, pace, fault === 'dies-when-joined');
  onOrder((order) => conference.obey(order));
  window.addEventListener('pagehide', () => conference.unload());

  announce(settings);
  listen(conference);
  if (settings.prejoin) {
    const { displayName = '' } = settings.userInfo;
    tell('prejoinScreenLoaded', { id: 'local', displayName, formattedDisplayName: displayName || 'me' });
  }
  announceUser(settings.userInfo);
  void reportDevices();

  const wanted: Media[] = [];
  if (!settings.startAudioMuted) wanted.push('audio');
  if (!settings.startVideoMuted) wanted.push('video');
  const opened = conference.me.openMedia(wanted).then(async () => {
    if (!settings.prejoin) await conference.connected;
    if (media.has('video')) conference.me.reportMuted('video', false);
  });
  const settled = Promise.race([opened, new Promise<void>((resolve) => setTimeout(resolve, mediaPatience))]);

  if (settings.prejoin)
    view.showPrejoin(nameInToken(settings.token) ?? conference.me.name ?? '', (name) =>
      conference.connect(settled, name),
    );
  else conference.connect(settled);
}

async function reportDevices(): Promise<void> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const of = (wanted: MediaDeviceKind) =>
    all
      .filter(({ kind }) => kind === wanted)
      .map(({ deviceId, groupId, kind, label }) => ({ deviceId, groupId, kind, label }));
  tell('deviceListChanged', {
    devices: { audioInput: of('audioinput'), audioOutput: of('audiooutput'), videoInput: of('videoinput') },
  });
}

function listen(conference: Conference): void {
  obey({
    hangup: () => conference.hangup(),
    displayName: (name: string) => conference.me.rename(name),
    email: (email: string) => conference.me.setEmail(email),
    subject: (subject: string) => conference.setSubject(subject),
    password: (password: string) => conference.usePassword(password),
    toggleAudio: () => void conference.me.toggle('audio'),
    toggleVideo: () => void conference.me.toggle('video'),
    toggleChat: () => conference.chat.toggle(),
    sendChatMessage: (text: string, to?: string) => conference.say(text, to || undefined),
    kickParticipant: (id: string) => conference.kick(id),
    endConference: () => conference.endForAll(),
  });
  const people = () => [
    { id: conference.me.id, displayName: conference.me.name, role: conference.me.role },
    ...conference.people.others.map(({ id, name, role }) => ({ id, displayName: name, role })),
  ];
  answer({
    'is-audio-muted': () => conference.me.muted.audio,
    'is-video-muted': () => conference.me.muted.video,
    'is-audio-available': () => true,
    'is-video-available': () => true,
    'is-audio-disabled': () => false,
    'is-sharing-screen': () => false,
    'is-start-silent': () => false,
    'get-p2p-status': () => false,
    'rooms-info': () => ({ rooms: [{ isMainRoom: true, participants: people() }] }),
    'list-breakout-rooms': () => ({}),
    'session-id': () => conference.me.id,
    'deployment-info': () => ({}),
  });
}

main();
