import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { ReadLength } from '../../../src/app/ports/reference-lengths-port.ts';
import { createAttachmentSource } from '../../../src/media/kept/fetch-attachment.ts';
import { createReferenceLengths } from '../../../src/media/lengths/reference-lengths.ts';
import { memoryMedia } from '../../fakes/memory-media.ts';
import { parts, picture } from '../kept/kept-media.ts';
import { agentWith, ftyp, serve } from '../media-fixture.ts';
import { box, mvhd } from './movie.ts';

const FTYP = ftyp('isom', 'iso2', 'mp41');
const SEVEN_SECONDS = box('moov', mvhd(1000, 7000));
const AT_START = Buffer.concat([FTYP, SEVEN_SECONDS, box('mdat', Buffer.alloc(900_000))]);
const AT_END = Buffer.concat([FTYP, box('mdat', Buffer.alloc(900_000)), SEVEN_SECONDS]);
const READ: ReadLength = { kind: 'read', seconds: 7 };
const UNREADABLE: ReadLength = { kind: 'unreadable' };
const TRY_AGAIN: ReadLength = { kind: 'try-again' };

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves the ranges of a file that are asked for, as Discord's CDN does. */
const ranges =
  (file: Buffer): Listener =>
  (request, response) => {
    const [, from = '', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const [first, last] = [Number(from), Math.min(Number(to), file.length - 1)];
    if (first > last) {
      response.writeHead(416).end();
      return;
    }
    response
      .writeHead(206, { 'content-range': `bytes ${first}-${last}/${file.length}` })
      .end(file.subarray(first, last + 1));
  };

/** Sends the whole file, whatever is asked for. */
const whole =
  (file: Buffer): Listener =>
  (_request, response) => {
    response.writeHead(200, { 'content-length': file.length }).end(file);
  };

const status =
  (code: number): Listener =>
  (_request, response) => {
    response.writeHead(code).end();
  };

async function lengthsFrom(listener: Listener) {
  const { origin, requests } = await serve(listener);
  const trustedHosts = [{ host: '127.0.0.1' }];
  const source = createAttachmentSource({ agent: agentWith({ trustedHosts }), trustedHosts });
  const store = memoryMedia();
  const lengths = createReferenceLengths({ store, source });
  const url = `${origin}/clip.mp4?ex=1&hm=2`;
  return { lengths, requests, store, url, signal: new AbortController().signal };
}

describe('the length of a reference video', () => {
  it.each<[string, Listener, ReadLength, requests: number]>([
    ['with its header at the start', ranges(AT_START), READ, 1],
    ['with its header at the end', ranges(AT_END), READ, 2],
    ['from a server without ranges', whole(AT_END), READ, 2],
    ['without a header', ranges(FTYP), UNREADABLE, 1],
    ['that is empty', ranges(Buffer.alloc(0)), UNREADABLE, 1],
    ['that is gone', status(404), UNREADABLE, 1],
    ['that is forbidden', status(403), UNREADABLE, 1],
    ['behind a redirect', status(302), UNREADABLE, 1],
    ['from a server in trouble', status(503), TRY_AGAIN, 1],
    ['from a busy server', status(429), TRY_AGAIN, 1],
    [
      'from another place of the file',
      (_request, response) => {
        response.writeHead(206, { 'content-range': 'bytes 5-9/100' }).end('12345');
      },
      UNREADABLE,
      1,
    ],
    [
      'of a file that claims to be endless',
      (request, response) => {
        const first = /\d+/.exec(request.headers.range ?? '')?.[0] ?? '';
        response
          .writeHead(206, { 'content-range': `bytes ${first}-9/999999999999999` })
          .end(box('free', Buffer.alloc(0), 900_000_000));
      },
      UNREADABLE,
      12,
    ],
    [
      'of unknown size',
      (_request, response) => response.writeHead(200).end(AT_START),
      UNREADABLE,
      1,
    ],
    ['that breaks off', (_request, response) => response.destroy(), TRY_AGAIN, 1],
  ])('%s', async (_what, listener, expected, count) => {
    const { lengths, requests, url, signal } = await lengthsFrom(listener);
    await expect(lengths.lengthOf({ url }, signal)).resolves.toEqual(expected);
    expect(requests).toHaveLength(count);
  });

  it('reads no more than its budget of a server that sends all of it each time', async () => {
    const large = Buffer.alloc(20 * 1_048_576);
    // Boxes of a megabyte: each needs a request, and each gets the whole file up to there.
    for (let at = 0; at < large.length; at += 1_048_576) {
      box('free', Buffer.alloc(0), 1_048_576).copy(large, at);
    }
    const { lengths, url, signal } = await lengthsFrom(whole(large));
    await expect(lengths.lengthOf({ url }, signal)).resolves.toEqual(UNREADABLE);
  });

  it('comes from the copy where there is one, else from the address', async () => {
    const { lengths, requests, store, url, signal } = await lengthsFrom(ranges(AT_START));
    const kept = await store.keep(picture(1), parts(AT_END));
    if (kept === undefined) throw new Error('not kept');
    const copy = { ...kept, bytes: AT_END.length };
    await expect(lengths.lengthOf({ url: '', copy }, signal)).resolves.toEqual(READ);
    expect(requests).toEqual([]);
    store.byName.clear();
    await expect(lengths.lengthOf({ url, copy }, signal)).resolves.toEqual(READ);
    await expect(lengths.lengthOf({ url: '', copy }, signal)).resolves.toEqual(UNREADABLE);
  });

  it('is asked of no other host than Discord’s', async () => {
    const { lengths, requests, signal, url } = await lengthsFrom(ranges(AT_START));
    const elsewhere = url.replace('127.0.0.1', 'localhost');
    await expect(lengths.lengthOf({ url: elsewhere }, signal)).resolves.toEqual(TRY_AGAIN);
    expect(requests).toEqual([]);
  });

  it('ends with the bot', async () => {
    const { lengths, url } = await lengthsFrom(() => undefined);
    const stop = new AbortController();
    const read = lengths.lengthOf({ url }, stop.signal);
    stop.abort(new Error('stopping'));
    await expect(read).rejects.toThrow('stopping');
  });
});
