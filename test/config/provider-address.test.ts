import { describe, expect, it } from 'vitest';
import { findSuspectAddresses } from '../../src/config/provider-address.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';

const doubt = (provider: 'jimmy' | 'anyfast', baseUrl: string) =>
  findSuspectAddresses({
    descriptors: PROVIDERS,
    providers: { [provider]: { apiKey: 'k', baseUrl } },
  });

describe("a provider's address", () => {
  it.each<['jimmy' | 'anyfast', string, string, string]>([
    ['anyfast', 'https://www.anyfast.ai/v1', '/v1', 'https://www.anyfast.ai'],
    ['anyfast', 'https://a.test/gate/v1', '/v1', 'https://a.test/gate'],
    ['anyfast', 'https://a.test/v1/video/generations', '/v1/video/generations', 'https://a.test'],
    ['jimmy', 'https://j.test/api/open-api/v1', '/api/open-api/v1', 'https://j.test'],
    ['jimmy', 'https://j.test/api/open-api', '/api/open-api', 'https://j.test'],
    ['jimmy', 'https://j.test/v1', '/v1', 'https://j.test'],
  ])('of %s, %s, has %s too much: %s', (provider, address, redundantPath, instead) => {
    const name = provider === 'jimmy' ? 'JIMMY_API_URL' : 'ANYFAST_API_URL';
    expect(doubt(provider, address)).toMatchObject([{ provider, name, redundantPath, instead }]);
  });

  it.each([
    'https://www.anyfast.ai',
    'https://a.test/gateway',
    'https://v1.a.test',
    'http://127.0.0.1:8080/proxy/v1x',
  ])('of %s is left alone', (address) => {
    expect(doubt('anyfast', address)).toEqual([]);
    expect(doubt('jimmy', address)).toEqual([]);
  });
});
