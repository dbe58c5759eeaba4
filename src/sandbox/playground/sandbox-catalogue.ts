import { catalogueOf } from '../../providers/catalogue-of.ts';
import { PROVIDERS } from '../../providers/registry.ts';

/** What the sandbox's bot knows. */
export const SANDBOX_CATALOGUE = catalogueOf(PROVIDERS);
