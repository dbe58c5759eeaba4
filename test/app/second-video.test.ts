import { describe, expect, it } from 'vitest';
import type { Task } from '../../src/domain/tasks/task.ts';
import { videoDesk } from '../fakes/video-desk.ts';

const claim = { memberId: '1300000000000000020', sourceId: '1300000000000000700', action: 'again' };
const OTHER = '1300000000000000801';
const THIRD = '1300000000000000802';

async function ended(desk: ReturnType<typeof videoDesk>, task: Task | undefined): Promise<void> {
  if (task === undefined) throw new Error('no task');
  const at = desk.deps.clock.now();
  const stage = {
    name: 'ended',
    outcome: { kind: 'cancelled' },
    endedAt: at,
    notified: true,
  } as const;
  await desk.deps.store.end({ ...task, stage }, task);
  desk.deps.active.remove(task.id);
}

describe('one member, one message, one button', () => {
  it('is one task until that has ended and ten seconds have passed', async () => {
    const desk = videoDesk();
    expect(await desk.accept(desk.call({ claim }))).toEqual({ kind: 'accepted' });
    const made = await desk.madeFrom(desk.call().interactionId);
    const second = await desk.accept(desk.call({ claim, interactionId: OTHER }));
    expect(second).toMatchObject({ kind: 'already-made', task: { id: made?.id } });

    await ended(desk, made);
    const soon = await desk.accept(desk.call({ claim, interactionId: OTHER }));
    expect(soon.kind).toBe('already-made');
    await desk.clock.advance(10_001);
    const later = await desk.accept(desk.call({ claim, interactionId: OTHER }));
    expect(later).toEqual({ kind: 'accepted' });
  });

  it('makes one of two clicks at once, the other is answered at once', async () => {
    const desk = videoDesk();
    const answers = await Promise.all([
      desk.accept(desk.call({ claim })),
      desk.accept(desk.call({ claim, interactionId: OTHER })),
    ]);
    expect(answers).toEqual([{ kind: 'accepted' }, { kind: 'already-made', task: undefined }]);
  });

  it.each([
    ['another member', { ...claim, memberId: '1300000000000000021' }],
    ['another message', { ...claim, sourceId: '1300000000000000701' }],
    ['another button', { ...claim, action: 'edit' }],
  ])('does not stand in the way of %s', async (_what, other) => {
    const desk = videoDesk();
    await desk.accept(desk.call({ claim }));
    const answer = await desk.accept(desk.call({ claim: other, interactionId: OTHER }));
    expect(answer).toEqual({ kind: 'accepted' });
  });

  it('makes another one if that is wanted, which then stands for the click', async () => {
    const desk = videoDesk();
    await desk.accept(desk.call({ claim }));
    const another = desk.call({ claim, interactionId: OTHER, isAnother: true });
    expect(await desk.accept(another)).toEqual({ kind: 'accepted' });
    const made = await desk.madeFrom(OTHER);
    const third = await desk.accept(desk.call({ claim, interactionId: THIRD }));
    expect(third).toMatchObject({ kind: 'already-made', task: { id: made?.id } });
  });

  it('is remembered by a process that starts again', async () => {
    const desk = videoDesk();
    await desk.accept(desk.call({ claim }));
    const later = videoDesk({ records: desk.records });
    const answer = await later.accept(later.call({ claim, interactionId: OTHER }));
    expect(answer.kind).toBe('already-made');
  });

  it('is forgotten with a click that began nothing', async () => {
    const desk = videoDesk();
    const refused = desk.call({ claim }, { kind: 'refused', detail: 'too late' });
    expect(await desk.accept(refused)).toEqual({ kind: 'not-acknowledged' });
    expect(await desk.accept(desk.call({ claim, interactionId: OTHER }))).toEqual({
      kind: 'accepted',
    });
  });
});

describe('a request that was offered', () => {
  const usesUp = { id: '1300000000000000900' };

  it('is made once, also by clicks that read it before it was used up', async () => {
    const desk = videoDesk();
    const first = desk.call({ claim, usesUp, isAnother: true });
    expect(await desk.accept(first)).toEqual({ kind: 'accepted' });
    const again = desk.call({ claim, usesUp, isAnother: true, interactionId: OTHER });
    expect(await desk.accept(again)).toEqual({ kind: 'already-confirmed' });
  });

  it('is still there after a click that began nothing', async () => {
    const desk = videoDesk();
    const refused = desk.call({ claim, usesUp }, { kind: 'refused', detail: 'too late' });
    expect(await desk.accept(refused)).toEqual({ kind: 'not-acknowledged' });
    const again = desk.call({ claim, usesUp, interactionId: OTHER });
    expect(await desk.accept(again)).toEqual({ kind: 'accepted' });
  });

  it('stays another one when its price is asked for', async () => {
    const desk = videoDesk();
    const { guilds, confirmations } = desk.deps;
    const asked = desk.call({ claim, usesUp, isAnother: true, interactionId: OTHER });
    await guilds.change(asked.guildId, (before) => ({ ...before, confirmAbove: 0n }));
    expect(await desk.accept(asked)).toMatchObject({ kind: 'confirm', id: OTHER });
    expect(await confirmations.get(OTHER)).toMatchObject({ usesUp: usesUp.id, isAnother: true });
    // Nothing was made yet.
    const agreed = { shown: { kind: 'unknown' }, by: 'question' } as const;
    const chosen = desk.call({ claim, usesUp, agreed, interactionId: THIRD });
    expect(await desk.accept(chosen)).toEqual({ kind: 'accepted' });
  });
});
