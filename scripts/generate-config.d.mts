export function configTypes(folder: string): string;
