// Web Test Runner reads its settings from JavaScript: they stand in scripts/wtr.ts.
import { register } from 'tsx/esm/api';

register();
export default (await import('./scripts/wtr.ts')).default;
