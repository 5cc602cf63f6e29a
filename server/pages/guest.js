// @ts-check
// The page that a link for a guest opens. The link's secret is behind the #, so that no server on the way logs it.

const secret = location.hash.slice(1);
const entry = /** @type {HTMLElement} */ (document.getElementById('entry'));
const form = /** @type {HTMLFormElement} */ (document.getElementById('join'));
const message = /** @type {HTMLElement} */ (document.getElementById('message'));
const nameField = /** @type {HTMLElement} */ (document.getElementById('name-field'));

/**
 * @param {string} path
 * @param {object} [body] sent by POST
 */
async function ask(path, body) {
  const init = body && {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(`/api/guest${path}`, init);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail);
  return answer;
}

/** @param {unknown} error */
function say(error) {
  message.textContent = error instanceof Error ? error.message : String(error);
}

async function look() {
  const { room, name, from } = await ask('/look', { invitation: secret });
  /** @type {HTMLElement} */ (document.getElementById('room')).textContent = room;
  const begin = new Date(from);
  message.textContent = begin.getTime() > Date.now() ? `The meeting begins ${begin.toLocaleString()}.` : '';
  if (name !== null) nameField.remove();
  form.hidden = false;
}

/** @param {{ref: string, domain: string, room: string, tenant: string | null, ready: boolean}} meeting */
async function join({ ref, domain, room, tenant, ready }) {
  form.hidden = true;
  for (let isReady = ready; !isReady; { ready: isReady } = await ask(`/${ref}`)) {
    message.textContent = 'You will get in when the meeting has begun. Leave this page open.';
    await new Promise((resolve) => setTimeout(resolve, 5000));
  }
  const meeting = document.createElement('jitsi-meeting');
  const attributes = { domain, room: decodeURIComponent(room), tenant, 'token-url': `/api/guest/${ref}/token` };
  for (const [name, value] of Object.entries(attributes)) if (value !== null) meeting.setAttribute(name, value);
  entry.replaceWith(meeting);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const name = String(new FormData(form).get('name') ?? '').trim();
  ask('', { invitation: secret, ...(name && { name }) })
    .then(join)
    .catch(say);
});

look().catch(say);
