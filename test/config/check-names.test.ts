import { describe, expect, it } from 'vitest';
import { checkNames } from '../../src/config/check-names.ts';
import { renderFault } from '../../src/config/config-fault.ts';
import { readEnvText } from '../../src/config/env-text.ts';

function checked(env: Record<string, string>, text = '') {
  const { faults, warnings } = checkNames(env, { path: '.env', ...readEnvText(text) });
  return {
    faults: faults.map((fault) => renderFault(fault)),
    warnings: warnings.map((warning) => renderFault(warning)),
  };
}

describe('checkNames', () => {
  it('finds nothing in settings that are right and in what is of others', () => {
    const env = { PATH: '/bin', LOG_LEVEL: 'info' };
    const text = 'DISCORD_TOKEN=x\nTZ=UTC\nCOMPOSE_PROJECT_NAME=clapper\n';
    expect(checked(env, text)).toEqual({ faults: [], warnings: [] });
  });

  it('names the nearest setting and the line for every misspelt name', () => {
    const { faults } = checked({ ANYFAST_KEY: 's3cret' }, 'A=1\nBUDGET_DAILY=5\nGUILD_ID=7\n');
    expect(faults).toEqual([
      'BUDGET_DAILY: is no setting (line 2 of .env); the nearest is BUDGET_DAY. Write BUDGET_DAY if that is meant, else remove it.',
      'GUILD_ID: is no setting (line 3 of .env); the nearest is DISCORD_GUILD_IDS. Write DISCORD_GUILD_IDS if that is meant, else remove it.',
      'ANYFAST_KEY: is no setting; the nearest is ANYFAST_API_KEY. Write ANYFAST_API_KEY if that is meant, else remove it.',
    ]);
  });

  it('tells of a name once that Compose hands over from the file, and beside the right one', () => {
    const env = { DISCORD_GUILD_ID: '7', DISCORD_GUILD_IDS: '7' };
    expect(checked(env, 'DISCORD_GUILD_ID=7\n').faults).toEqual([
      expect.stringContaining('DISCORD_GUILD_ID: is no setting (line 1 of .env)'),
    ]);
  });

  it.each([
    ['a name', {}, 1],
    ['a name with sqlite://', { STORE_URL: 'sqlite://a' }, 1],
    ['a name with postgres://', { STORE_URL: ' postgresql://a@b/c' }, 0],
    ['an empty name', { INSTANCE: ' ' }, 0],
    ['shards as well', { SHARD_COUNT: '2' }, 2],
    ['shards with postgres://', { SHARD_COUNT: '2', STORE_URL: 'postgres://a@b/c' }, 0],
  ])('warns of an instance that has no use: %s', (_what, env, count) => {
    expect(checked(env, 'INSTANCE=a\n').warnings).toHaveLength(count);
  });

  it('says nothing of a proxy', () => {
    const env = { HTTPS_PROXY: 'http://p', ALL_PROXY: 'http://p', NO_PROXY: 'a', HTTP_PROXY: 'p' };
    const text = 'HTTPS_PROXY=http://p\nALL_PROXY=x\nNO_PROXY=a\nhttp_proxy=x\n';
    expect(checked(env, text)).toEqual({ faults: [], warnings: [] });
    // As other programs write them, in an environment that the bot shares.
    const lower = {
      https_proxy: 'http://p',
      all_proxy: 'http://p',
      no_proxy: 'a',
      http_proxy: 'p',
    };
    expect(checked({ ...env, ...lower, GOPROXY: 'direct' })).toEqual({ faults: [], warnings: [] });
  });

  it('warns of a proxy that is set in lower case alone, which the bot does not read', () => {
    const { faults, warnings } = checked(
      { https_proxy: 'http://user:s3cret@p', ALL_PROXY: '' },
      'all_proxy=http://p\n',
    );
    expect(faults).toEqual([]);
    expect(warnings).toEqual([
      'https_proxy: is not read, only HTTPS_PROXY is. Set HTTPS_PROXY as well if the bot should use that proxy, or set it empty if not.',
    ]);
  });

  it('warns of a setting that the file has twice, and says which counts', () => {
    const { faults, warnings } = checked({}, 'BUDGET_DAY=5\nTZ=a\nTZ=b\nBUDGET_DAY=6\n');
    expect(faults).toEqual([]);
    expect(warnings).toEqual([
      'BUDGET_DAY: is set more than once (lines 1, 4 of .env); the last one counts. Keep one of them.',
    ]);
  });
});
