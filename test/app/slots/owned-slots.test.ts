import { describe, expect, it } from 'vitest';
import { createOwnedSlots } from '../../../src/app/slots/owned-slots.ts';
import type { SlotWork } from '../../../src/app/slots/owned-slots.ts';
import { settle } from '../../fakes/clock.ts';
import { guildIn } from '../../fakes/guild-in.ts';
import { held } from '../../fakes/held.ts';
import { recordingLog } from '../../fakes/log.ts';

/** Slots whose work ends when a test lets it. */
function slotsWith(given: Partial<SlotWork> = {}) {
  const events: string[] = [];
  const source = { validMs: Infinity, isValidFor: (ms: number) => ms <= source.validMs };
  const { ownership, changing } = createOwnedSlots(source, recordingLog());
  const changes = changing({
    async resume(slots) {
      events.push(`take up ${[...slots].join(' ')}`);
    },
    async endSteps(slots) {
      events.push(`end steps of ${[...slots].join(' ')}`);
    },
    async letGo(slots, how) {
      events.push(`let go ${[...slots].join(' ')} ${how}`);
    },
    lose(slots) {
      events.push(`lose ${[...slots].join(' ')}`);
    },
    takeLateAnswer: async () => true,
    ...given,
  });
  return { events, source, ownership, changes };
}

describe('slots of a process', () => {
  it('may be written by the checks of a start before there is a source', () => {
    const { ownership } = createOwnedSlots({ isValidFor: () => true }, recordingLog());
    expect(ownership.tenureOf(guildIn(1))?.isOver()).toBe(false);
    expect(ownership.owns(guildIn(1))).toBe(false);
  });

  it('are none before some are gained', () => {
    const { ownership } = slotsWith();
    expect(ownership.owns(guildIn(1))).toBe(false);
    expect(ownership.tenureOf(guildIn(1))).toBeUndefined();
    expect(ownership.isFirst()).toBe(false);
  });

  it('are served once they are taken up, while their work begins before', async () => {
    const { opened, open } = held();
    const { ownership, changes } = slotsWith({ resume: async () => opened });
    const gained = changes.onGained([0, 1]);
    await settle();
    expect(ownership.owns(guildIn(1))).toBe(false);
    expect(ownership.tenureOf(guildIn(1))?.mayAct()).toBe(true);
    open();
    await gained;
    expect([0, 1, 2].map((slot) => ownership.owns(guildIn(slot)))).toEqual([true, true, false]);
    expect(ownership.isFirst()).toBe(true);
  });

  it('act for as long as what they are owned by is valid', async () => {
    const { ownership, changes, source } = slotsWith();
    await changes.onGained([1]);
    source.validMs = 500;
    const tenure = ownership.tenureOf(guildIn(1));
    expect([0, 500, 501].map((ms) => tenure?.mayAct(ms))).toEqual([true, true, false]);
    expect(tenure?.isOver()).toBe(false);
  });

  it('that are handed over end their work first, and take nothing new meanwhile', async () => {
    const { ownership, changes, events } = slotsWith();
    await changes.onGained([1]);
    const tenure = ownership.tenureOf(guildIn(1));
    const { opened, open } = held();
    const work = tenure?.during(async () => opened);
    let isReleased = false;
    const released = changes.release(1).then(() => (isReleased = true));
    await settle();
    expect(ownership.owns(guildIn(1))).toBe(false);
    expect(tenure?.mayAct()).toBe(true);
    expect(isReleased).toBe(false);
    open();
    await work;
    await released;
    expect(tenure?.mayAct()).toBe(false);
    expect(tenure?.lost.aborted).toBe(false);
    expect(ownership.tenureOf(guildIn(1))).toBeUndefined();
    expect(events).toEqual(['take up 1', 'end steps of 1', 'let go 1 handed-over']);
  });

  it('that are handed over wait for what their last steps bring about, then begin nothing', async () => {
    const begun = held();
    const { ownership, changes, events } = slotsWith({
      async endSteps() {
        void ownership.tenureOf(guildIn(1))?.during(async () => begun.opened);
      },
    });
    await changes.onGained([1]);
    const tenure = ownership.tenureOf(guildIn(1));
    const released = changes.release(1);
    await settle();
    expect(events).toEqual(['take up 1']);
    begun.open();
    await settle();
    await released;
    expect(tenure?.isOver()).toBe(true);
    expect(events).toEqual(['take up 1', 'let go 1 handed-over']);
  });

  it('that are lost end at once, whatever runs', async () => {
    const { ownership, changes, events } = slotsWith();
    await changes.onGained([1, 2]);
    const tenure = ownership.tenureOf(guildIn(1));
    void tenure?.during(async () => held().opened);
    void changes.onLost([1]);
    expect(ownership.owns(guildIn(1))).toBe(false);
    expect(tenure?.mayAct()).toBe(false);
    expect(tenure?.lost.aborted).toBe(true);
    expect(ownership.owns(guildIn(2))).toBe(true);
    await settle();
    expect(events).toEqual(['take up 1 2', 'lose 1', 'let go 1 lost']);
  });

  it('that are lost while they are handed over do not wait for what runs', async () => {
    const { ownership, changes, events } = slotsWith();
    await changes.onGained([1]);
    void ownership.tenureOf(guildIn(1))?.during(async () => held().opened);
    const released = changes.release(1);
    await settle();
    void changes.onLost([1]);
    await released;
    await settle();
    expect(events).toEqual(['take up 1', 'lose 1', 'let go 1 lost']);
  });

  it('that could not be written at a hand-over are forgotten as lost ones', async () => {
    const events: string[] = [];
    const { changes, ownership } = slotsWith({
      async letGo(_slots, how) {
        events.push(how);
        if (how === 'handed-over') throw new Error('disk full');
      },
    });
    await changes.onGained([1]);
    await changes.release(1);
    expect(events).toEqual(['handed-over', 'lost']);
    expect(ownership.tenureOf(guildIn(1))).toBeUndefined();
  });

  it('are taken up again when the end of their last tenure is over, with another tenure', async () => {
    const { opened, open } = held();
    const { changes, ownership, events } = slotsWith({ letGo: async () => opened });
    await changes.onGained([1]);
    const before = ownership.tenureOf(guildIn(1));
    void changes.onLost([1]);
    const gained = changes.onGained([1]);
    await settle();
    expect(ownership.tenureOf(guildIn(1))).toBeUndefined();
    open();
    await gained;
    expect(ownership.owns(guildIn(1))).toBe(true);
    expect(ownership.tenureOf(guildIn(1))).not.toBe(before);
    expect(before?.mayAct()).toBe(false);
    expect(events.filter((event) => event.startsWith('take up'))).toHaveLength(2);
  });

  it('that are wanted back before they are taken up are never served', async () => {
    const { opened, open } = held();
    const { changes, ownership, events } = slotsWith({ resume: async () => opened });
    const gained = changes.onGained([1]);
    await settle();
    const released = changes.release(1);
    let wasServed = false;
    const noted = gained.then(() => (wasServed = ownership.owns(guildIn(1))));
    open();
    await Promise.all([noted, released]);
    expect(wasServed).toBe(false);
    expect(events).toEqual(['end steps of 1', 'let go 1 handed-over']);
  });

  it('that are lost before they are taken up are never served', async () => {
    const { opened, open } = held();
    const { changes, ownership, events } = slotsWith({ resume: async () => opened });
    const gained = changes.onGained([1]);
    await settle();
    void changes.onLost([1]);
    open();
    await gained;
    await settle();
    expect(ownership.owns(guildIn(1))).toBe(false);
    expect(events).toEqual(['lose 1', 'let go 1 lost']);
  });

  it('that are lost while the last tenure still ends are not taken up', async () => {
    const { opened, open } = held();
    const { changes, ownership, events } = slotsWith({ letGo: async () => opened });
    await changes.onGained([1]);
    void changes.onLost([1]);
    const gained = changes.onGained([1]);
    void changes.onLost([1]);
    open();
    await gained;
    expect(ownership.tenureOf(guildIn(1))).toBeUndefined();
    expect(events.filter((event) => event.startsWith('take up'))).toHaveLength(1);
  });

  it('that cannot be taken up are let go, and whoever gave them is told', async () => {
    const { opened, fail } = held();
    const { changes, ownership, events } = slotsWith({ resume: async () => opened });
    const gained = changes.onGained([1]);
    fail(new Error('no answer'));
    await expect(gained).rejects.toThrow('no answer');
    await settle();
    expect(ownership.tenureOf(guildIn(1))).toBeUndefined();
    expect(events).toEqual(['lose 1', 'let go 1 lost']);
  });
});
