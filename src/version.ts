/** Version of the package, as package.json has it; a test compares them. */
export const version: string = '0.1.0';
