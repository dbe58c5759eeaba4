import * as fc from 'fast-check';
import { describe, expect } from 'vitest';
import {
  checkAddress,
  isPrivateLiteral,
  isPublicAddress,
  isShowableAddress,
} from '../../src/outbound/address-rules.ts';
import { parseContentLength, parseRetryAfter } from '../../src/media/fetch-result.ts';
import { sniffMp4 } from '../../src/media/sniff-mp4.ts';
import { NOON } from '../fakes/clock.ts';
import { fuzz } from './fuzz-runs.ts';
import { hostileText } from './hostile-json.ts';

const FTYP = Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex');

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 64 }),
  fc
    .tuple(fc.uint8Array({ maxLength: 40 }), fc.array(fc.tuple(fc.nat(39), fc.nat(255))))
    .map(([tail, changes]) => {
      const file = Buffer.concat([FTYP, tail]);
      for (const [at, value] of changes) if (at < file.length) file[at] = value;
      return new Uint8Array(file);
    }),
);

const host = fc.oneof(
  fc.ipV4(),
  fc.ipV4Extended(),
  fc.ipV6().map((ip) => `[${ip}]`),
  fc.domain(),
  fc.constantFrom(
    'localhost',
    '127.1',
    '0x7f000001',
    '2130706433',
    '017700000001',
    '[::ffff:127.0.0.1]',
    '[::ffff:a9fe:a9fe]',
    '[64:ff9b::7f00:1]',
    '[fe80::1%25eth0]',
    '169.254.169.254',
    '１２７.0.0.1',
    'localhost.',
    '0',
  ),
);
const address = fc.oneof(
  hostileText,
  fc.webUrl(),
  fc
    .tuple(
      fc.constantFrom('https', 'http', 'HTTPS', 'ftp', 'file', ''),
      fc.constantFrom('', 'user@', 'user:word@', '@'),
      host,
      fc.constantFrom('', ':443', ':80', ':0', ':65536', ':8443'),
      fc.oneof(fc.webPath(), hostileText),
    )
    .map(([scheme, user, name, port, path]) => `${scheme}://${user}${name}${port}/${path}`),
);

describe('media from outside', () => {
  fuzz('is judged by its first bytes, however they are', bytes, { runs: 2000 }, (head) => {
    const verdict = sniffMp4(head);
    expect(['mp4', 'not-mp4', 'need-more']).toContain(verdict);
    // What is enough to judge is judged the same with more behind it.
    if (verdict !== 'need-more') {
      expect(sniffMp4(Buffer.concat([head, Buffer.alloc(8)]))).toBe(verdict);
    }
    expect(sniffMp4(Buffer.concat([head, Buffer.alloc(2048)]))).not.toBe('need-more');
  });

  fuzz('is fetched from public https addresses alone', address, { runs: 2000 }, (text) => {
    const checked = checkAddress(text, []);
    expect(typeof isShowableAddress(text)).toBe('boolean');
    if (!checked.ok) return;
    const { protocol, username, password, hostname, port } = checked.url;
    expect([protocol, username, password, port]).toEqual(['https:', '', '', '']);
    expect(isPrivateLiteral(hostname)).toBe(false);
    if (/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) expect(isPublicAddress(hostname)).toBe(true);
  });

  fuzz('comes with headers that are read or left alone', hostileText, { runs: 1000 }, (value) => {
    for (const read of [parseRetryAfter(value, NOON), parseContentLength(value)]) {
      expect(read === undefined || (Number.isFinite(read) && read >= 0)).toBe(true);
    }
  });
});
