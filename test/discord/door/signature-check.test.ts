import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSignatureCheck } from '../../../src/discord/door/signature-check.ts';
import type { SignedRequest } from '../../../src/discord/door/signature-check.ts';
import { createSigner } from '../../../src/simulators/discord/endpoint/signer.ts';

const discord = createSigner();
const check = createSignatureCheck(discord.publicKey);

const TIMESTAMP = '1796000000';
const BODY = '{"type":2,"data":{"name":"video"}}';

function signed(timestamp = TIMESTAMP, body = BODY, signer = discord): SignedRequest {
  return { timestamp, body: Buffer.from(body), signature: signer.sign(timestamp, body) };
}
const RIGHT = signed();
const signature = RIGHT.signature ?? '';

describe('the signature of an interaction', () => {
  it.each(['1796000000', '0', '1796000000123', '12'])('is taken of any time: %s', (timestamp) => {
    expect(check(signed(timestamp))).toBe(true);
  });

  it('is taken in capitals, and with the key in capitals', () => {
    const inCapitals = createSignatureCheck(discord.publicKey.toUpperCase());
    expect(inCapitals({ ...RIGHT, signature: signature.toUpperCase() })).toBe(true);
  });

  it.each<[string, SignedRequest]>([
    ['no signature', { ...RIGHT, signature: undefined }],
    ['an empty signature', { ...RIGHT, signature: '' }],
    ['a signature that is too short', { ...RIGHT, signature: signature.slice(2) }],
    ['a signature that is too long', { ...RIGHT, signature: `${signature}00` }],
    ['a signature that is no hex', { ...RIGHT, signature: `${signature.slice(1)}g` }],
    ['a signature twice', { ...RIGHT, signature: `${signature}, ${signature}` }],
    ['a signature of nothing but zeros', { ...RIGHT, signature: '0'.repeat(128) }],
    ['no timestamp', { ...RIGHT, timestamp: undefined }],
    ['an empty timestamp', { ...signed(''), timestamp: '' }],
    ['a timestamp that is no number', signed('yesterday')],
    ['a timestamp with a sign', signed('-1796000000')],
    ['a timestamp that is too long', signed('1'.repeat(21))],
    ['another timestamp', { ...RIGHT, timestamp: '1796000001' }],
    ['the timestamp with a zero before it', { ...RIGHT, timestamp: `0${TIMESTAMP}` }],
    ['another body', { ...RIGHT, body: Buffer.from(BODY.replace('video', 'quota')) }],
    ['a body with a blank after it', { ...RIGHT, body: Buffer.from(`${BODY} `) }],
    ['no body', { ...RIGHT, body: Buffer.alloc(0) }],
    ['another key', signed(TIMESTAMP, BODY, createSigner())],
    [
      'a digit moved from the timestamp to the body',
      { ...RIGHT, timestamp: TIMESTAMP.slice(0, -1), body: Buffer.from(`0${BODY}`) },
    ],
    [
      'the first of the body moved to the timestamp',
      { ...RIGHT, timestamp: `${TIMESTAMP}{`, body: Buffer.from(BODY.slice(1)) },
    ],
  ])('is refused with %s', (_what, request) => {
    expect(check(request)).toBe(false);
  });

  it('is refused wherever a bit of timestamp, body or signature is turned', () => {
    const bit = fc.nat({ max: 7 });
    const part = fc.constantFrom('timestamp', 'body', 'signature');
    fc.assert(
      fc.property(fc.json(), part, fc.nat(), bit, (json, where, at, of) => {
        const body = `{"a":${json}}`;
        const request = signed(TIMESTAMP, body);
        const bytes = {
          timestamp: Buffer.from(TIMESTAMP),
          body: Buffer.from(body),
          signature: Buffer.from(request.signature ?? '', 'hex'),
        };
        const turned = bytes[where];
        const index = at % turned.length;
        turned.writeUInt8(turned.readUInt8(index) ^ (1 << of), index);
        expect(check(request)).toBe(true);
        const other = {
          timestamp: bytes.timestamp.toString('latin1'),
          body: bytes.body,
          signature: bytes.signature.toString('hex'),
        };
        expect(check(other)).toBe(false);
      }),
    );
  });

  it('never throws, whatever arrives', () => {
    const any = fc.option(fc.string({ maxLength: 200 }), { nil: undefined });
    fc.assert(
      fc.property(any, any, fc.uint8Array(), (given, timestamp, body) => {
        expect(check({ signature: given, timestamp, body })).toBe(false);
      }),
    );
  });
});
