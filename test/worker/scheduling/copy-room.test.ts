import { describe, expect, it } from 'vitest';
import { createCopyRoom } from '../../../src/worker/scheduling/copy-room.ts';

describe('room for copies', () => {
  it('is shared by the creates of a provider, and given back', () => {
    const room = createCopyRoom(100);
    const give = room.takeCopyRoom('anyfast', 60);
    expect(room.takeCopyRoom('anyfast', 41)).toBeUndefined();
    expect(room.takeCopyRoom('anyfast', 40)).toBeDefined();
    expect(room.takeCopyRoom('anyfast', 1)).toBeUndefined();
    give?.();
    expect(room.takeCopyRoom('anyfast', 60)).toBeDefined();
  });

  it('is never needed without copies', () => {
    const room = createCopyRoom(100);
    room.takeCopyRoom('anyfast', 100);
    expect(room.takeCopyRoom('anyfast', 0)).toBeDefined();
  });

  it('is another one for each provider', () => {
    const room = createCopyRoom(100);
    room.takeCopyRoom('anyfast', 100);
    expect(room.takeCopyRoom('jimmy', 100)).toBeDefined();
  });

  it('has one task alone that is larger than the room', () => {
    const room = createCopyRoom(100);
    const small = room.takeCopyRoom('jimmy', 1);
    expect(room.takeCopyRoom('jimmy', 101)).toBeUndefined();
    small?.();
    const large = room.takeCopyRoom('jimmy', 101);
    expect(large).toBeDefined();
    expect(room.takeCopyRoom('jimmy', 1)).toBeUndefined();
  });
});
