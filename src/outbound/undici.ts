import { createRequire } from 'node:module';
import type * as Undici from 'undici';

/** undici, loaded by `require` because it is CommonJS: importing it takes twice as long. */
const require = createRequire(import.meta.url);
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- undici's own types describe its exports
const undici = require('undici') as typeof Undici;

export const { Agent, Client, Dispatcher, EnvHttpProxyAgent, Pool, buildConnector, fetch } = undici;
