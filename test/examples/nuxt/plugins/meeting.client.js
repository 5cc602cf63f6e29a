// Defines the element before Vue hydrates the page, so that it starts without its properties.
import 'jitsi-meeting-element';

export default defineNuxtPlugin(() => {});
