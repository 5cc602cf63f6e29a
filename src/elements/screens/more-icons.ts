import { circle, type Icon } from './icons.js';

export const lockIcon: Icon =
  'M6 11h12a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2ZM8 11V7a4 4 0 0 1 8 0v4';
export const noEntryIcon: Icon = `${circle}M5.6 5.6l12.8 12.8`;
export const clockIcon: Icon = `${circle}M12 7v5l3 2`;
export const peopleIcon: Icon =
  'M9 4.5a3.5 3.5 0 0 1 0 7a3.5 3.5 0 0 1 0-7ZM2.5 20a6.5 6.5 0 0 1 13 0M16 4.9a3.5 3.5 0 0 1 0 6.2M18 14.5a6.5 6.5 0 0 1 3.5 5.5';
export const leaveIcon: Icon = 'M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M10 8l-4 4 4 4M6 12h9';
export const checkIcon: Icon = `${circle}M8 12.5l2.7 2.7L16 9.5`;
export const pauseIcon: Icon = `${circle}M10 9v6M14 9v6`;
export const doorIcon: Icon = 'M5 21V5a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v16M3 21h18M14.5 12h.01';
export const mutedIcon: Icon = 'M11 5 6.5 9H3v6h3.5l4.5 4V5ZM16 9.5l5 5M21 9.5l-5 5';
export const closeIcon: Icon = 'M6 6l12 12M18 6 6 18';
