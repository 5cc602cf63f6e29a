/** The text of docs/reference/troubleshooting.md. */
export function troubleshooting(): Promise<string>;
