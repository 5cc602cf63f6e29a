export function apiDocs(): Promise<Record<string, string>>;
