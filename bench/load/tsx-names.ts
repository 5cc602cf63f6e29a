import type { Page } from 'playwright-core';

/** What tsx compiles names its functions by a helper, which functions that are sent into a page don't find there. */
export const bringTsxHelper = (page: Page): Promise<unknown> => page.addInitScript('globalThis.__name = (it) => it;');
