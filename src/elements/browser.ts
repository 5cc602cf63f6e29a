/** Which browser it is, as far as the words depend on it: where a person allows a camera. */
export type Browser = 'chromium' | 'firefox' | 'safari' | 'other';

export function browserOf(agent: string): Browser {
  // Browsers on iPhones and iPads have no such icon, whatever they are called.
  if (/iPhone|iPad|iPod/.test(agent)) return 'other';
  if (/Chrom(e|ium)\//.test(agent)) return 'chromium';
  if (/Firefox\//.test(agent)) return 'firefox';
  return /Safari\//.test(agent) ? 'safari' : 'other';
}
