import { MeetingSession } from 'jitsi-meeting-element/core';

const { domain, room, joined } = window.bench;
const source = { endpoint: { url: '/token' } };
const options = { domain, room, source };
const session = new MeetingSession(
  () => document.querySelector('#meeting'),
  () => options,
);
session.addEventListener('videoConferenceJoined', joined);
void session.join();
