import { describe, expect, it } from 'vitest';
import { billingEntries } from '../../../src/domain/ledger/billing-name.ts';
import { unknownBillingName } from '../../../src/domain/ledger/unknown-billing-name.ts';

describe('a key that prices nothing', () => {
  it.each([
    [
      'jimmy/seedance2.0-mini',
      'jimmy/seedance2.0-mini-480p, jimmy/seedance2.0-mini-720p, jimmy/seedance2.0-mini-1080p',
    ],
    ['jimmy/sd2_mx', 'jimmy/sd2_mx_720p, jimmy/sd2_mx_1080p, jimmy/sd2_mx_2k, jimmy/sd2_mx_4k'],
  ])('%s is named with only the resolutions of its own route', (name, meant) => {
    expect(unknownBillingName(name)).toBe(`is no billing name; with the resolution it is ${meant}`);
  });

  it.each([
    ['jimmy/seedance2.0-std-720p', 'one price covers the route, under jimmy/seedance2.0-std'],
    [
      'anyfast/seedance-2.0-mini-480p',
      'one price covers the route, under anyfast/seedance-2.0-mini',
    ],
    ['jimmy/sd2_mx-720p', 'this route has jimmy/sd2_mx_720p, jimmy/sd2_mx_1080p'],
    ['jimmy/seedance2.0-mini-sp-4k', '(4k); this route has jimmy/seedance2.0-mini-sp-480p'],
    ['seedance2.0-std', 'with the provider it is jimmy/seedance2.0-std'],
    ['seedance2.0-mini-720p', 'with the provider it is jimmy/seedance2.0-mini-720p'],
  ])('%s is reported with what it should be', (name, told) => {
    expect(unknownBillingName(name)).toContain(told);
  });

  it.each(['jimmy/seedance2.0-fast', 'jimmy/other', '', '-720p', 'constructor', 'jimmy/'])(
    '%j is near none',
    (name) => {
      expect(unknownBillingName(name)).toBe('is no billing name of any route');
    },
  );

  it('is reported only with names that the list accepts', () => {
    const names = new Set(billingEntries().map(({ name }) => name));
    for (const { route } of billingEntries()) {
      for (const end of ['', '-8k', '-720p', '_4k']) {
        const told = unknownBillingName(`${route.id}${end}`);
        for (const [name] of told.matchAll(/(?:jimmy|anyfast)\/\S+?(?=,|$)/g)) {
          expect(names).toContain(name);
        }
      }
    }
  });
});
