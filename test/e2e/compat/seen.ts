/** What a page of a drop-in heard, for the test. */
export interface Seen {
  apis: number;
  joins: number;
  closed: number;
  around: HTMLElement[];
}

export const seen: Seen = { apis: 0, joins: 0, closed: 0, around: [] };

/** What the test asks for, in the page's address. */
const query = new URLSearchParams(location.search);
export const component = query.get('component')!;
export const props = JSON.parse(query.get('props')!) as { roomName: string; appId: string };

/** Each render names another room, as in the SDK's own sample, whose page makes up a name in its render function. */
export const roomOf = (renders: number): string => (renders ? `${props.roomName}-${renders}` : props.roomName);

Object.assign(window, { seen });
