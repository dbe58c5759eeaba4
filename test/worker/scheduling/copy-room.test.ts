import { describe, expect, it } from 'vitest';
import { createCopyRoom } from '../../../src/worker/scheduling/copy-room.ts';

/** A room for 100 bytes; `take` is asked by tasks that are named by letters. */
function aRoom() {
  const room = createCopyRoom(100);
  const take = (taskId: string, bytes: number, provider = 'anyfast') =>
    room.takeCopyRoom(provider, { taskId, bytes });
  return { room, take };
}

describe('room for copies', () => {
  it('is shared by the creates of a provider, and given back', () => {
    const { take } = aRoom();
    const give = take('a', 60);
    expect(take('b', 40)).toBeDefined();
    expect(take('c', 1)).toBeUndefined();
    give?.();
    expect(take('c', 1)).toBeDefined();
    expect(take('d', 59)).toBeDefined();
  });

  it('is never needed without copies', () => {
    const { take } = aRoom();
    take('a', 100);
    take('b', 100);
    expect(take('c', 0)).toBeDefined();
  });

  it('is another one for each provider', () => {
    const { take } = aRoom();
    take('a', 100);
    expect(take('b', 100, 'jimmy')).toBeDefined();
  });

  it('has one task alone that is larger than the room', () => {
    const { take } = aRoom();
    const small = take('a', 1);
    expect(take('b', 101)).toBeUndefined();
    small?.();
    expect(take('b', 101)).toBeDefined();
    expect(take('c', 1)).toBeUndefined();
  });

  it('is taken in order, so that small ones do not pass a large one by', () => {
    const { take } = aRoom();
    const [first, second] = [take('a', 50), take('b', 50)];
    expect(take('large', 100)).toBeUndefined();
    first?.();
    expect(take('c', 10)).toBeUndefined();
    second?.();
    expect(take('c', 10)).toBeUndefined();
    const large = take('large', 100);
    expect(large).toBeDefined();
    large?.();
    expect(take('d', 10)).toBeUndefined();
    expect(take('c', 10)).toBeDefined();
    expect(take('d', 10)).toBeDefined();
  });

  it('is not kept for a task that left the line', () => {
    const { room, take } = aRoom();
    take('a', 50);
    expect(take('large', 100)).toBeUndefined();
    expect(take('b', 50)).toBeUndefined();
    room.leaveCopyLine('large');
    expect(take('b', 50)).toBeDefined();
  });
});
