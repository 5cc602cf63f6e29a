import { svg } from 'lit';
import type { Icon } from './icons.js';

export const lockIcon: Icon = svg`<rect x="4" y="11" width="16" height="10" rx="2"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/>`;
export const noEntryIcon: Icon = svg`<circle cx="12" cy="12" r="9"/><path d="m5.6 5.6 12.8 12.8"/>`;
export const clockIcon: Icon = svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>`;
export const peopleIcon: Icon = svg`<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20a6.5 6.5 0 0 1 13 0M16 4.9a3.5 3.5 0 0 1 0 6.2M18 14.5a6.5 6.5 0 0 1 3.5 5.5"/>`;
export const leaveIcon: Icon = svg`<path d="M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M10 8l-4 4 4 4M6 12h9"/>`;
export const checkIcon: Icon = svg`<circle cx="12" cy="12" r="9"/><path d="m8 12.5 2.7 2.7L16 9.5"/>`;
export const pauseIcon: Icon = svg`<circle cx="12" cy="12" r="9"/><path d="M10 9v6M14 9v6"/>`;
export const doorIcon: Icon = svg`<path d="M5 21V5a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v16M3 21h18M14.5 12h.01"/>`;
export const mutedIcon: Icon = svg`<path d="M11 5 6.5 9H3v6h3.5l4.5 4V5ZM16 9.5l5 5M21 9.5l-5 5"/>`;
