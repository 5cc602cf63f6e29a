// A mistake on each line that says so.
import 'jitsi-meeting-element/jsx';

export const wrong = [
  <jitsi-meeting domain="meet.example.org" rooom="Team" />, // wrong: attribute
  <jitsi-meeting domain="meet.example.org" loading="soon" />, // wrong: value
  <jitsi-meeting domain="meet.example.org" token-method="put" />, // wrong: value
  <jitsi-meeting domain="meet.example.org" onvideoConferenceJoind={() => {}} />, // wrong: event
  <jitsi-meeting domain="meet.example.org" onmeeting-stat-change={(event) => event.detail} />, // wrong: event
  <jitsi-meeting domain="meet.example.org" onmeeting-error={(error: Error) => error.name} />, // wrong: handler
  <jitsi-meeting domain="meet.example.org" onmeeting-error={({ detail }) => detail.token} />, // wrong: detail
  <jitsi-meeting domain="meet.example.org" room={42} />, // wrong: property
  <jitsi-meeting domain="meet.example.org" configOverwrite="{}" />, // wrong: property
  <jitsi-token-status fr="meeting" />, // wrong: attribute
];
