// Without a linker, Angular's own packages are compiled in the page.
import '@angular/compiler';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideZonelessChangeDetection } from '@angular/core';
import { MeetingComponent } from './meeting.component';

void bootstrapApplication(MeetingComponent, { providers: [provideZonelessChangeDetection()] });
