import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';

@Component({
  selector: 'app-other-page',
  imports: [RouterLink],
  template: `
    <h1>Other</h1>
    <a routerLink="/">Back</a>
  `,
})
export class OtherPage {}
