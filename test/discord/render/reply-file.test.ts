import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import {
  PACKED_MAX_BYTES,
  PLAIN_MAX_BYTES,
  replyFile,
} from '../../../src/discord/render/reply-file.ts';
import { replyBytes, replyText } from '../../fakes/reply-text.ts';

const MIB = 1_048_576;
const csv = (maxBytes: number) => ({ name: 'a.csv', contentType: 'text/csv', maxBytes });

async function* texts(count: number, textOf: (index: number) => string): AsyncGenerator<string> {
  for (let index = 0; index < count; index += 1) yield textOf(index);
}
const line = (index: number): string => `2026-11-20,${index},é\r\n`;
const whole = (count: number): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

/** Text that gzip makes hardly smaller. */
function noise(index: number): string {
  let state = index + 1;
  return Array.from({ length: 65_536 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return String.fromCodePoint(33 + ((state >>> 16) % 90));
  }).join('');
}

describe('a file that is made piece by piece', () => {
  it('is plain as long as Discord takes it', async () => {
    const file = await replyFile(texts(1000, line), csv(10 * MIB));
    expect(file?.name).toBe('a.csv');
    expect(file?.contentType).toBe('text/csv');
    expect(replyText(file)).toBe(whole(1000));
    expect(replyBytes(await replyFile(texts(0, line), csv(10))).length).toBe(0);
  });

  it.each([
    ['is compressed if Discord takes less', 100_000, MIB],
    ['is compressed if memory takes less', 600_000, 500 * MIB],
  ])('%s', async (_, count, maxBytes) => {
    const file = await replyFile(texts(count, line), csv(maxBytes));
    expect(whole(count).length).toBeGreaterThan(Math.min(maxBytes, PLAIN_MAX_BYTES));
    expect(file?.name).toBe('a.csv.gz');
    expect(file?.contentType).toBe('application/gzip');
    expect(gunzipSync(replyBytes(file)).toString('utf8')).toBe(whole(count));
  });

  it('is none if it is too large even then, and the rest of it is not made', async () => {
    let made = 0;
    let isClosed = false;
    async function* endless(): AsyncGenerator<string> {
      try {
        for (;;) {
          made += 1;
          yield noise(made);
        }
      } finally {
        isClosed = true;
      }
    }
    expect(await replyFile(endless(), csv(MIB))).toBeUndefined();
    expect(made * 65_536).toBeLessThan(PACKED_MAX_BYTES);
    await vi.waitFor(() => expect(isClosed).toBe(true));
  });

  it.each([
    ['plain', 1],
    ['compressed', 200],
  ])('fails with what fails while it is %s', async (_, before) => {
    async function* broken(): AsyncGenerator<string> {
      yield* texts(before, noise);
      throw new Error('disk is gone');
    }
    await expect(replyFile(broken(), csv(500 * MIB))).rejects.toThrow('disk is gone');
  });
});
