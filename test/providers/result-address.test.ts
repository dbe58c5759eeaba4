import { describe, expect, it } from 'vitest';
import { withResultAddress } from '../../src/providers/result-address.ts';

const AT = { baseUrl: 'https://gpu.test/v1', taskPath: '/videos/a%2Fb', hasKey: true };
const PUBLIC = 'https://files.test/a.mp4';
const OWN = 'https://gpu.test/files/a.mp4';

const read = (resultUrl: string, place: Partial<typeof AT> = {}) =>
  withResultAddress({ kind: 'finished', resultUrl }, { needsKey: true }, { ...AT, ...place });

describe('the address of a result', () => {
  it('is made of the task where the provider gives none', () => {
    expect(withResultAddress({ kind: 'finished' }, { pathAfterTask: '/content' }, AT)).toEqual({
      kind: 'finished',
      resultUrl: 'https://gpu.test/v1/videos/a%2Fb/content',
    });
  });

  it('needs the key at the provider’s own server alone', () => {
    expect(read(OWN)).toEqual({ kind: 'finished', resultUrl: OWN, needsKey: true });
    for (const url of [PUBLIC, 'https://gpu.test:8443/a.mp4', 'http://gpu.test/v1/a.mp4']) {
      expect(read(url)).toEqual({ kind: 'finished', resultUrl: url });
    }
    expect(read(OWN, { hasKey: false })).toEqual({ kind: 'finished', resultUrl: OWN });
  });

  it.each([
    ['/files/a.mp4?sig=1', { resultUrl: 'https://gpu.test/files/a.mp4?sig=1', needsKey: true }],
    ['/v1/../a.mp4', { resultUrl: 'https://gpu.test/a.mp4', needsKey: true }],
  ])('%s is completed', (path, expected) => {
    expect(read(path)).toEqual({ kind: 'finished', ...expected });
  });

  it.each([
    [{ kind: 'finished' }, { needsKey: true }],
    [{ kind: 'finished', resultUrl: PUBLIC }, undefined],
    [{ kind: 'pending' }, { pathAfterTask: '/content', needsKey: true }],
    [{ kind: 'missing' }, { pathAfterTask: '/content' }],
  ] as const)('stays as it is in %j by %j', (outcome, rules) => {
    expect(withResultAddress(outcome, rules, AT)).toBe(outcome);
  });
});
