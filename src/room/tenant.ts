/** The small i without its dot: its capital is that of the common i, but nodeprep (RFC 3454 B.2) leaves it as it is. */
const dotless = 'ı';

/**
 * The tenant's name as Prosody has it after reading it from an address (nodeprep, nearly): NFKC and folded, so that a
 * sharp s becomes two. The claim `sub` is compared with that, after no more than a lower case of ASCII.
 */
export const normaliseTenant = (tenant: string): string =>
  [...tenant.normalize('NFKC')]
    .map((letter) => (letter === dotless ? letter : letter.toUpperCase().toLowerCase()))
    .join('')
    .normalize('NFKC');
