import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limitStalls } from '../../src/media/stall-limit.ts';

describe('limitStalls', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('counts every wait separately', async () => {
    const body = new PassThrough();
    const chunks = limitStalls(body, 1000);
    for (const text of ['one', 'two', 'three']) {
      const next = chunks.next();
      vi.advanceTimersByTime(999);
      body.write(text);
      expect(await next).toEqual({ done: false, value: Buffer.from(text) });
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not count the time of a reader that is slow', async () => {
    const body = new PassThrough();
    const chunks = limitStalls(body, 1000);
    body.write('one');
    await chunks.next();
    vi.advanceTimersByTime(60_000);
    body.end('two');
    expect(await chunks.next()).toEqual({ done: false, value: Buffer.from('two') });
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('destroys a body that stalls', async () => {
    const body = new PassThrough();
    const next = limitStalls(body, 1000).next();
    vi.advanceTimersByTime(1000);
    await expect(next).rejects.toMatchObject({ code: 'BODY_STALLED' });
    expect(body.destroyed).toBe(true);
  });
});
