import { Component, CUSTOM_ELEMENTS_SCHEMA, type ElementRef, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { JitsiMeetingElement, JitsiMeetingError, MeetingEventMap, MeetingProperties } from 'jitsi-meeting-element';
import 'jitsi-meeting-element';

@Component({
  selector: 'app-meeting-page',
  imports: [RouterLink],
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <h1>Meeting</h1>
    <p>
      <label>Name <input #nameBox [value]="name()" (input)="name.set(nameBox.value)" /></label>
      <label>Room <input #roomBox [value]="room()" (change)="room.set(roomBox.value)" /></label>
      <button (click)="meeting()?.nativeElement?.leave()">Leave</button>
      <button (click)="join()">Join</button>
      <button (click)="isShown.set(!isShown())">{{ isShown() ? 'Hide' : 'Show' }}</button>
      <button (click)="clicks.set(clicks() + 1)">Clicked {{ clicks() }} times</button>
    </p>
    <p>
      <output>{{ heard() }}</output>
    </p>
    @if (isShown()) {
      <jitsi-meeting
        #meeting
        domain="meet.example.org"
        [room]="room()"
        token-url="/api/token"
        [displayName]="name()"
        lang="en"
        [configOverwrite]="config"
        (meeting-state-change)="changed($event)"
        (videoConferenceJoined)="joined($event)"
      ></jitsi-meeting>
    }
    <a routerLink="/other">Other page</a>
  `,
})
export class MeetingPage {
  readonly meeting = viewChild<ElementRef<JitsiMeetingElement>>('meeting');
  readonly name = signal('Ada');
  readonly room = signal('Team');
  readonly isShown = signal(true);
  readonly clicks = signal(0);
  readonly heard = signal('');
  readonly config: MeetingProperties['configOverwrite'] = { startWithAudioMuted: true };

  changed({ detail }: MeetingEventMap['meeting-state-change']): void {
    this.hear(detail.state);
  }

  joined({ detail }: MeetingEventMap['videoConferenceJoined']): void {
    this.hear(`(in ${detail.roomName})`);
  }

  join(): void {
    this.meeting()
      ?.nativeElement.join()
      .catch((error: JitsiMeetingError) => this.hear(error.code));
  }

  private hear(what: string): void {
    this.heard.update((before) => `${before} ${what}`);
  }
}
