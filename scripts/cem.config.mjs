// The analyzer reads its settings from JavaScript: they stand in manifest.ts.
import { register } from 'tsx/esm/api';

register();
export default (await import('./manifest.ts')).default;
