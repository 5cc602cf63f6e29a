import { html, type TemplateResult } from 'lit';

/** A block of code with a button that copies it. */
export const code = (text: string, label: string): TemplateResult => html`
  <div class="code">
    <pre tabindex="0" aria-label=${label}>${text}</pre>
    <button type="button" aria-label="Copy: ${label}" @click=${(event: Event) => copy(text, event)}>Copy</button>
  </div>
`;

/** Copies, and says so on the button for a moment. */
export async function copy(text: string, event: Event): Promise<void> {
  const button = event.currentTarget as HTMLButtonElement;
  const before = button.textContent;
  const said = await navigator.clipboard.writeText(text).then(
    () => 'Copied',
    () => 'Select and copy by hand',
  );
  button.textContent = said;
  setTimeout(() => (button.textContent = before), 1500);
}
