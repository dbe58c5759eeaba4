import * as fc from 'fast-check';
import { describe, expect } from 'vitest';
import { renderFault } from '../../src/config/config-fault.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { SETTING_NAMES } from '../../src/config/setting-names.ts';
import { MINIMAL } from '../config/environment.ts';
import { fuzz } from './fuzz-runs.ts';
import { hostileText } from './hostile-json.ts';

const SECRET_NAMES = new Set(['DISCORD_TOKEN', 'JIMMY_API_KEY', 'ANYFAST_API_KEY', 'SECRET_KEY']);
/** So that it can be looked for where no secret may be. */
const MARK = 'do-not-tell-this-secret';

const typed = fc.oneof(
  hostileText,
  fc.constantFrom(
    '0',
    '1',
    '3',
    '0.5',
    '1e3',
    '-1',
    '65536',
    '127.0.0.1',
    '[::1]:80',
    'sqlite://',
    'sqlite://data/x.sqlite',
    'sqlite:///dev/null',
    'https://a.test:99999',
    'http://127.0.0.1:1/x/?q#h',
    'https://user:word@a.test',
    '1300000000000000010,1300000000000000011',
    ',,,',
    'debug',
    'json',
  ),
  fc.webUrl(),
);

const environment = fc.dictionary(fc.constantFrom(...SETTING_NAMES), typed);

describe('the environment', () => {
  fuzz(
    'becomes settings, or clear lines of everything that is wrong, without a secret in them',
    fc.tuple(environment, fc.boolean()),
    { runs: 2000 },
    ([given, isMinimal]) => {
      const marked = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [
          name,
          SECRET_NAMES.has(name) ? `${value}${MARK}` : value,
        ]),
      );
      const env = isMinimal ? { ...MINIMAL, ...marked } : marked;
      const parsed = parseConfig(env, { readText: () => undefined, isTerminal: false });
      if (parsed.ok) {
        expect(Object.keys(parsed.config.providers)).not.toEqual([]);
        expect(parsed.config.pollMinMs).toBeGreaterThan(0);
        return;
      }
      expect(parsed.faults).not.toEqual([]);
      for (const fault of parsed.faults) {
        const line = renderFault(fault);
        expect(line).toMatch(new RegExp(`^${fault.name}\\b.+`));
        expect(line).not.toMatch(/[\n\r\0]/);
        expect(line).not.toContain(MARK);
      }
    },
  );
});
