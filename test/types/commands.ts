// Compiled, never run: what the types must allow, and below each directive what they must refuse.
import type { JitsiMeetExternalAPI } from '../../src/core.js';

export function right(api: JitsiMeetExternalAPI): void {
  api.executeCommand('displayName', 'Ada');
  api.executeCommand('hangup');
  api.executeCommand('hangup', false);
  api.executeCommand('muteEveryone', 'video');
  api.executeCommand('sendTones', { tones: '12#', duration: 200, pause: 100 });
  api.executeCommand('startRecording', { mode: 'stream', rtmpStreamKey: 'rtmp://example.org/live/key' });
  api.executeCommand('startRecording', { mode: 'local', onlySelf: true });
  api.executeCommand('setSubtitles', true, true, null);
  api.executeCommand('overwriteConfig', { toolbarButtons: ['microphone', 'hangup'], startSilent: true });
  api.executeCommand('setSecondScreen', { id: 'tv', source: { role: 'screenshare' }, screen: 1 });
  api.executeCommand('setAudioOnly', true);
  api.executeCommands({ displayName: 'Ada', toggleAudio: [], toggleTileView: [] });
}

export function wrongNames(api: JitsiMeetExternalAPI): void {
  // @ts-expect-error misspelt
  api.executeCommand('hangUp');
  // @ts-expect-error the name on the wire, not the public one
  api.executeCommand('video-hangup');
  // @ts-expect-error a method, not a command
  api.executeCommand('isAudioMuted');
  // @ts-expect-error an event, not a command
  api.executeCommand('readyToClose');
  // @ts-expect-error none such
  api.executeCommands({ displayName: 'Ada', mute: [] });
}

export function wrongArguments(api: JitsiMeetExternalAPI): void {
  // @ts-expect-error missing
  api.executeCommand('displayName');
  // @ts-expect-error a list, as the handbook of old had it
  api.executeCommand('displayName', ['Ada']);
  // @ts-expect-error a number
  api.executeCommand('subject', 7);
  // @ts-expect-error takes none
  api.executeCommand('toggleAudio', true);
  // @ts-expect-error whether to let in is missing
  api.executeCommand('answerKnockingParticipant', 'id');
  // @ts-expect-error a text
  api.executeCommand('answerKnockingParticipant', 'id', 'yes');
  // @ts-expect-error whether on or off is missing
  api.executeCommand('setTileView');
  // @ts-expect-error pixels, not a name
  api.executeCommand('setVideoQuality', 'high');
  // @ts-expect-error no such media
  api.executeCommand('muteEveryone', 'sound');
  // @ts-expect-error only what moderation knows
  api.executeCommand('toggleModeration', true, 'desktop');
  // @ts-expect-error tones are missing
  api.executeCommand('sendTones', { duration: 200 });
  // @ts-expect-error tones as their own argument
  api.executeCommand('sendTones', '12#');
  // @ts-expect-error a stream needs a key
  api.executeCommand('startRecording', { mode: 'stream' });
  // @ts-expect-error no such mode
  api.executeCommand('startRecording', { mode: 'cloud' });
  // @ts-expect-error of another mode
  api.executeCommand('startRecording', { mode: 'local', youtubeStreamKey: 'key' });
  // @ts-expect-error the mode is missing
  api.executeCommand('stopRecording');
  // @ts-expect-error no such blur
  api.executeCommand('setBlurredBackground', 'strong');
  // @ts-expect-error width and height, not an object
  api.executeCommand('resizeLargeVideo', { width: 100, height: 100 });
  // @ts-expect-error an object
  api.executeCommand('resizeFilmStrip', 300);
  // @ts-expect-error the title is missing
  api.executeCommand('showNotification', { description: 'Hello' });
  // @ts-expect-error no such type
  api.executeCommand('showNotification', { title: 'Hello', type: 'info' });
  // @ts-expect-error a timeout is a word, not a number of milliseconds
  api.executeCommand('showNotification', { title: 'Hello', timeout: 5000 });
  // @ts-expect-error buttons need a label
  api.executeCommand('showNotification', { title: 'Hello', customActions: [{ uuid: '1' }] });
  // @ts-expect-error a list of id and name
  api.executeCommand('overwriteNames', { id: 'a', name: 'Ada' });
  // @ts-expect-error no such button
  api.executeCommand('overwriteConfig', { toolbarButtons: ['mic'] });
  // @ts-expect-error whether on or off, as an object
  api.executeCommand('setNoiseSuppressionEnabled', true);
  // @ts-expect-error nothing to show
  api.executeCommand('setSecondScreen', { source: { role: 'everyone' } });
  // @ts-expect-error JSON, not the object; the method of this name takes that
  api.executeCommand('setMediaEncryptionKey', { exportedKey: [1, 2], index: 0 });
  // @ts-expect-error score is missing
  api.executeCommand('submitFeedback', { message: 'Fine' });
  // @ts-expect-error no such camera
  api.executeCommand('toggleCamera', 'front');
}
