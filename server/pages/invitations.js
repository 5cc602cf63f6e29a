// @ts-check
// The page on which links for guests are made, listed and revoked.

const form = /** @type {HTMLFormElement} */ (document.getElementById('make'));
const message = /** @type {HTMLElement} */ (document.getElementById('message'));
const list = /** @type {HTMLElement} */ (document.getElementById('list'));

/** @param {string} path @param {RequestInit} [init] */
async function ask(path, init) {
  const response = await fetch(path, init);
  if (response.status === 401) location.assign('/api/oidc/sign-in?returnTo=/invitations');
  if (response.status === 204) return null;
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail);
  return answer;
}

/** @param {unknown} error */
function say(error) {
  message.textContent = error instanceof Error ? error.message : String(error);
}

function fields() {
  const { from, until, uses, ...texts } = Object.fromEntries(
    [...new FormData(form)].filter(([, value]) => value !== '').map(([name, value]) => [name, String(value)]),
  );
  return {
    ...texts,
    ...(from && { from: new Date(from).toISOString() }),
    ...(until && { until: new Date(until).toISOString() }),
    ...(uses && { uses: Number(uses) }),
  };
}

async function make() {
  const made = await ask('/api/invitations', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(fields()),
  });
  /** @type {HTMLElement} */ (document.getElementById('made')).hidden = false;
  const link = /** @type {HTMLInputElement} */ (document.getElementById('link'));
  link.value = made.url;
  link.select();
  const calendar = /** @type {HTMLAnchorElement} */ (document.getElementById('calendar'));
  URL.revokeObjectURL(calendar.href);
  calendar.href = URL.createObjectURL(new Blob([made.ics], { type: 'text/calendar' }));
  message.textContent = `Good until ${new Date(made.until).toLocaleString()}.`;
  await show();
}

async function show() {
  const { room, tenant } = /** @type {Record<string, string>} */ (fields());
  const query = new URLSearchParams({ room: room ?? '', ...(tenant && { tenant }) });
  const { invitations } = await ask(`/api/invitations?${query}`);
  list.replaceChildren(...invitations.map(row));
}

/** @param {{ref: string, name: string | null, by: string, role: string, until: string, left: number, uses: number}} link */
function row({ ref, name, by, role, until, left, uses }) {
  const item = document.createElement('li');
  item.append(
    `${name ?? 'any guest'} as ${role}, until ${new Date(until).toLocaleString()}, ${left} of ${uses} left, by ${by} `,
  );
  const button = document.createElement('button');
  button.textContent = 'Revoke';
  button.addEventListener('click', () => {
    ask(`/api/invitations/${ref}`, { method: 'DELETE' }).then(show).catch(say);
  });
  item.append(button);
  return item;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  make().catch(say);
});
document.getElementById('show')?.addEventListener('click', () => void show().catch(say));
document.getElementById('sign-out')?.addEventListener('click', () => {
  ask('/api/sign-out', { method: 'POST' })
    .then(() => location.assign('about:blank'))
    .catch(say);
});
