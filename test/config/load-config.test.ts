import { describe, expect, it } from 'vitest';
import { renderFault } from '../../src/config/config-fault.ts';
import { mentionMissingEnvFile } from '../../src/config/load-config.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { MINIMAL, sourcesWith } from './environment.ts';

function faultsWithoutFile(env: Record<string, string>): string[] {
  const parsed = parseConfig(env, sourcesWith());
  return parsed.ok ? [] : mentionMissingEnvFile(parsed.faults).map((fault) => renderFault(fault));
}

describe('mentionMissingEnvFile', () => {
  it('says on the first missing setting that there is no .env and what makes one', () => {
    const [token = '', key = '', ...more] = faultsWithoutFile({});
    expect(more).toEqual([]);
    expect(token).toMatch(/^DISCORD_TOKEN: is not set, and there is no \.env here\. .+\.$/);
    expect(token).toContain('"cp .env.example .env"');
    expect(key).not.toContain('.env');
  });

  it('says it of a missing provider key as well', () => {
    expect(faultsWithoutFile({ DISCORD_TOKEN: MINIMAL.DISCORD_TOKEN })).toEqual([
      expect.stringContaining('so no provider is on, and there is no .env here'),
    ]);
  });

  it('says nothing of it where everything required is set', () => {
    expect(faultsWithoutFile({ ...MINIMAL, HTTP_PORT: '-1' }).join('\n')).not.toContain('.env');
  });
});
