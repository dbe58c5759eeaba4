import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkAddress,
  isPublicAddress,
  isShowableAddress,
} from '../../src/outbound/address-rules.ts';

type Octets = [number, number, number, number];

/** Network and prefix length of what RFC 6890 and its successors keep from the public internet. */
const privateNetworks: readonly (readonly [Octets, number])[] = [
  [[0, 0, 0, 0], 8],
  [[10, 0, 0, 0], 8],
  [[100, 64, 0, 0], 10],
  [[127, 0, 0, 0], 8],
  [[169, 254, 0, 0], 16],
  [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24],
  [[192, 0, 2, 0], 24],
  [[192, 168, 0, 0], 16],
  [[198, 18, 0, 0], 15],
  [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24],
  [[224, 0, 0, 0], 4],
  [[240, 0, 0, 0], 4],
  [[255, 255, 255, 255], 32],
];

const toNumber = ([a, b, c, d]: Octets): number => ((a * 256 + b) * 256 + c) * 256 + d;
const toOctets = (value: number): Octets => [
  Math.floor(value / 2 ** 24),
  Math.floor(value / 2 ** 16) % 256,
  Math.floor(value / 2 ** 8) % 256,
  value % 256,
];

const privateIpv4 = fc
  .tuple(fc.constantFrom(...privateNetworks), fc.nat({ max: 2 ** 31 - 1 }), fc.boolean())
  .map(([[network, prefix], random, high]) => {
    const span = 2 ** (32 - prefix);
    return toOctets(toNumber(network) + ((random * 2 + Number(high)) % span));
  });

const hex = (value: number): string => value.toString(16);
const hexPair = ([a, b, c, d]: Octets): string => `${hex(a * 256 + b)}:${hex(c * 256 + d)}`;

/** Every way to write an IPv4 address in an address bar. */
function ipv4Forms(octets: Octets): string[] {
  const [a, b, c, d] = octets;
  return [
    octets.join('.'),
    `${toNumber(octets)}`,
    `0x${hex(toNumber(octets))}`,
    octets.map((octet) => `0x${hex(octet)}`).join('.'),
    octets.map((octet) => `0${octet.toString(8)}`).join('.'),
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    `${octets.join('.')}.`,
    octets.join('%2e'),
    octets.join('。'),
  ];
}

/** Every IPv6 form that embeds an IPv4 address. */
const ipv6Forms = (octets: Octets): string[] => [
  `::ffff:${octets.join('.')}`,
  `::ffff:${hexPair(octets)}`,
  `0:0:0:0:0:FFFF:${hexPair(octets).toUpperCase()}`,
  `::${octets.join('.')}`,
  `::ffff:0:${octets.join('.')}`,
  `64:ff9b::${octets.join('.')}`,
  `64:ff9b::${hexPair(octets)}`,
  `64:ff9b:1::${octets.join('.')}`,
  `2002:${hexPair(octets)}::1`,
  `2001:0:4136:e378:8000:63bf:${hexPair(toOctets(2 ** 32 - 1 - toNumber(octets)))}`,
];

describe('isPublicAddress', () => {
  it('refuses every private IPv4 address in every textual form', () => {
    fc.assert(
      fc.property(privateIpv4, (octets) => {
        const forms = [...ipv4Forms(octets), ...ipv6Forms(octets)];
        expect(forms.filter(isPublicAddress)).toEqual([]);
      }),
    );
  });

  it('refuses every IPv6 address outside of global unicast', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    const address = fc
      .array(group, { minLength: 8, maxLength: 8 })
      .filter(([first = 0]) => first >> 13 !== 1)
      .map((groups) => groups.map(hex).join(':'))
      .filter((ip) => !/^(?:64:ff9b:|0:0:)/.test(ip));
    fc.assert(
      fc.property(address, (ip) => {
        expect(isPublicAddress(ip)).toBe(false);
      }),
    );
  });

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:831::200e',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
  ])('takes %s', (ip) => {
    expect(isPublicAddress(ip)).toBe(true);
  });

  it.each([
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'fc00::1',
    'fdff:ffff::1',
    'ff02::1',
    '100::1',
    '2001:db8::1',
    '2001:2::1',
    '2001:10::1',
    '3fff::1',
    '4000::1',
    '5f00::1',
    '192.88.99.1',
    '010.8.8.8',
    '8.8.8',
    '134744072',
    'example.com',
    '',
  ])('refuses %j', (ip) => {
    expect(isPublicAddress(ip)).toBe(false);
  });
});

describe('checkAddress', () => {
  it.each([
    ['', 'not-a-url'],
    ['video.mp4', 'not-a-url'],
    ['//cdn.example.com/v.mp4', 'not-a-url'],
    ['https://', 'not-a-url'],
    ['https://1.2.3.4.5/', 'not-a-url'],
    ['http://cdn.example.com/v.mp4', 'scheme'],
    ['ftp://cdn.example.com/v.mp4', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['data:video/mp4;base64,AAAA', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['https://user@cdn.example.com/', 'credentials'],
    ['https://:secret@cdn.example.com/', 'credentials'],
    ['https://cdn.example.com:8443/', 'port'],
    ['https://cdn.example.com:80/', 'port'],
    ['https://127.0.0.1/', 'private-address'],
    ['https://[::1]/', 'private-address'],
    ['https://[fe80::1]/', 'private-address'],
    ['https://169.254.169.254/latest/meta-data/', 'private-address'],
  ])('refuses %j: %s', (address, reason) => {
    expect(checkAddress(address, [])).toEqual({ ok: false, reason });
  });

  it.each([
    'https://cdn.example.com/v.mp4?sign=a%2Bb',
    'https://cdn.example.com:443/v.mp4',
    'https://8.8.8.8/v.mp4',
    'https://[2606:4700:4700::1111]/v.mp4',
  ])('takes %s as it stands', (address) => {
    expect(checkAddress(address, [])).toEqual({ ok: true, url: new URL(address) });
  });

  it('refuses a private address as the host in every textual form', () => {
    fc.assert(
      fc.property(privateIpv4, (octets) => {
        const hosts = [...ipv4Forms(octets), ...ipv6Forms(octets).map((form) => `[${form}]`)];
        const answers = hosts.map((host) => checkAddress(`https://${host}/v.mp4`, []));
        const refusal = { ok: false, reason: 'private-address' };
        expect(answers).toEqual(hosts.map(() => refusal));
      }),
    );
  });

  const trustedHosts = [
    { host: 'Media.Local' },
    { host: '127.0.0.1', port: 9000 },
    { host: '0:0:0:0:0:0:0:1', port: 80 },
    { host: '[fd00::5]', port: undefined },
  ];

  it.each([
    'http://media.local/v.mp4',
    'https://media.local:8443/v.mp4',
    'http://127.0.0.1:9000/v.mp4',
    'https://127.0.0.1:9000/v.mp4',
    'http://[::1]/v.mp4',
    'http://[fd00::5]:1234/v.mp4',
  ])('takes %s from a trusted host', (address) => {
    expect(checkAddress(address, trustedHosts)).toMatchObject({ ok: true });
  });

  it.each([
    ['http://127.0.0.1:9001/', 'scheme'],
    ['http://127.0.0.1/', 'scheme'],
    ['https://127.0.0.1:9001/', 'port'],
    ['https://127.0.0.1/', 'private-address'],
    ['http://[::1]:81/', 'scheme'],
    ['http://evil.media.local/', 'scheme'],
    ['http://media.local.evil.example/', 'scheme'],
    ['http://media.local@evil.example/', 'scheme'],
    ['http://user:password@media.local/', 'credentials'],
    ['ftp://media.local/', 'scheme'],
  ])('refuses %s beside the trusted hosts: %s', (address, reason) => {
    expect(checkAddress(address, trustedHosts)).toEqual({ ok: false, reason });
  });
});

describe('isShowableAddress', () => {
  it.each([
    'https://cdn.example.com/v.mp4?sign=a',
    'http://cdn.example.com:8080/v.mp4',
    'https://8.8.8.8/v.mp4',
    'https://local.example.com/',
  ])('shows %s', (address) => {
    expect(isShowableAddress(address)).toBe(true);
  });

  it.each([
    'video.mp4',
    'ftp://cdn.example.com/v.mp4',
    'javascript:alert(1)',
    'https://user:secret@cdn.example.com/',
    'http://127.0.0.1/v.mp4',
    'http://0x7f.1/v.mp4',
    'http://[::1]/v.mp4',
    'http://localhost/v.mp4',
    'http://localhost./v.mp4',
    'http://media/v.mp4',
    'https://nas.local/v.mp4',
    'https://metadata.google.internal/',
  ])('hides %s', (address) => {
    expect(isShowableAddress(address)).toBe(false);
  });
});
