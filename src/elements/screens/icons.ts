/** One family: 24 by 24, lines of 2 with round ends, as the data of one path. These are what the first screens need. */
export type Icon = string;

export const cameraIcon: Icon =
  'M4 6h9a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2ZM15 10l7-4v12l-7-4';
export const offlineIcon: Icon =
  'M2 8.8a15 15 0 0 1 5-3M10.7 5a15 15 0 0 1 11.3 3.8M5 12.9a10 10 0 0 1 5.2-2.7M8.5 16.4a5 5 0 0 1 7 0M12 20h.01M3 3l18 18';
export const alertIcon: Icon = 'M12 3 2 20h20L12 3ZM12 10v4M12 17h.01';
/** An arc, so that it still turns where colours are forced. */
export const spinnerIcon: Icon = 'M12 3a9 9 0 0 1 9 9';

/** Around some of them. */
export const circle: Icon = 'M12 3a9 9 0 0 1 0 18a9 9 0 0 1 0-18Z';
