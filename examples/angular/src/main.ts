import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import { App } from './app/app';
import { MeetingPage } from './app/meeting-page';
import { OtherPage } from './app/other-page';

bootstrapApplication(App, {
  providers: [
    provideRouter([
      { path: '', component: MeetingPage },
      { path: 'other', component: OtherPage },
    ]),
  ],
}).catch((error) => console.error(error));
