import { createRequire } from 'node:module';
import type * as Undici from 'undici';

/** undici, required as the CommonJS that it is: imported it takes twice as long to load. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own types say what it exports
const undici = createRequire(import.meta.url)('undici') as typeof Undici;

export const { Client, Pool, buildConnector } = undici;
