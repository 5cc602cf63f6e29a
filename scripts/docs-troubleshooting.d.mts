/** The text of docs/troubleshooting.md. */
export function troubleshooting(): Promise<string>;
