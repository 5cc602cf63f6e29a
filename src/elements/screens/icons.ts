import { svg, type SVGTemplateResult } from 'lit';

/** One family: 24 by 24, lines of 2 with round ends. These are what the first screens need. */
export type Icon = SVGTemplateResult;

export const cameraIcon: Icon = svg`<rect x="2" y="6" width="13" height="12" rx="2"/><path d="m15 10 7-4v12l-7-4"/>`;
export const offlineIcon: Icon = svg`<path d="M2 8.8a15 15 0 0 1 5-3M10.7 5a15 15 0 0 1 11.3 3.8M5 12.9a10 10 0 0 1 5.2-2.7M8.5 16.4a5 5 0 0 1 7 0M12 20h.01M3 3l18 18"/>`;
export const alertIcon: Icon = svg`<path d="M12 3 2 20h20L12 3Z"/><path d="M12 10v4M12 17h.01"/>`;
