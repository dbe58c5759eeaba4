import { expect, it } from 'vitest';
import { differingSettings, renderGroups } from '../../src/domain/differing-settings.ts';

const of = (instance: string, digests?: Record<string, string>) => ({ instance, digests });

it.each([
  ['none of one process', [of('a', { A: '1', B: '2' })], {}],
  ['none of equal ones', [of('a', { A: '1' }), of('b', { A: '1' })], {}],
  [
    'each with who has which value, most of them first',
    [of('c', { A: '2', B: '1' }), of('b', { A: '1', B: '1' }), of('a', { A: '1', B: '9' })],
    { A: 'a, b | c', B: 'b, c | a' },
  ],
  [
    'none that only some versions have',
    [of('a', { A: '1', B: '1' }), of('b', { A: '2' }), of('old')],
    { A: 'a | b' },
  ],
])('the settings that differ are %s', (_which, processes, expected) => {
  const found = differingSettings(processes).map((one) => [one.setting, renderGroups(one)]);
  expect(Object.fromEntries(found)).toEqual(expected);
});
