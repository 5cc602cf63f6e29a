import type { JitsiMeetingElement } from '../../src/index.js';
import { endpoint, freshRoom, standin, until } from './in-browser.js';

/** A page of its own with these headers, and one meeting in it. */
export async function openPage(
  headers: Record<string, string>,
  { attributes = '', before = '', element = '/src/index.ts', domain = standin.host, room = freshRoom() } = {},
): Promise<{ page: Document; meeting: JitsiMeetingElement; asked: () => Promise<number> }> {
  const token = endpoint();
  const tag = `<jitsi-meeting domain="${domain}" room="${room}" token-url="${token.url}" ${attributes}></jitsi-meeting>`;
  const body = `${before}<script type="module" src="${element}"></script>${tag}`;
  const frame = document.createElement('iframe');
  frame.allow = 'camera; microphone';
  frame.src = `/__page?${new URLSearchParams({ headers: JSON.stringify(headers), body })}`;
  document.body.append(frame);
  await new Promise((resolve) => frame.addEventListener('load', resolve));
  const page = frame.contentDocument!;
  const meeting = Document.prototype.querySelector.call(page, 'jitsi-meeting') as JitsiMeetingElement;
  await until(() => meeting.state !== undefined, 'the definition of the element');
  return { page, meeting, asked: token.asked };
}
