import { describe, expect, it } from 'vitest';
import type { Acknowledgement } from '../../src/app/accept/video-call.ts';
import { snowflakeTime } from '../../src/domain/tasks/snowflake.ts';
import { guildAccountKey } from '../../src/domain/ledger/account-key.ts';
import { accountKeysFor } from '../../src/app/admission.ts';
import { createAcceptVideo } from '../../src/app/accept/accept-video.ts';
import { GUILD_ID, MEMBER_ID, MESSAGE_ID, TASK_ID } from '../fakes/a-task.ts';
import { aRequest, media } from '../fakes/a-request.ts';
import { NOON, settle } from '../fakes/clock.ts';
import { held } from '../fakes/held.ts';
import { videoDesk } from '../fakes/video-desk.ts';
import { routeOf } from '../fakes/catalogue.ts';

const idOf = (number: number): string => String(1_300_000_000_000_000_000n + BigInt(number));

/** The order after a commit that failed: written, then acknowledged. */
const WRITES_FIRST = { areWritesFailing: () => true };

describe('a request that is taken', () => {
  it('is noted, acknowledged, and then written by one commit as queued', async () => {
    const steps: string[] = [];
    const { accept, call, intents, madeFrom } = videoDesk({
      tasks: (store) => ({
        ...store,
        create: async (...given) => {
          await store.create(...given);
          steps.push(`written ${given[0].stage.name}`);
        },
      }),
    });
    const acknowledge = async (): Promise<Acknowledgement> => {
      steps.push(`acknowledged after ${intents.lines.join()}`);
      return { kind: 'acknowledged', messageId: MESSAGE_ID };
    };
    await expect(accept(call({ acknowledge }))).resolves.toEqual({ kind: 'accepted' });
    expect(steps).toEqual([`acknowledged after ${TASK_ID}`, 'written queued']);
    await expect(madeFrom(TASK_ID)).resolves.toMatchObject({
      stage: { name: 'queued' },
      address: { messageId: MESSAGE_ID },
    });
  });

  it('counts in memory before the reply leaves, and once when it is written', async () => {
    const { accept, call, deps } = videoDesk();
    const usedNow = (): bigint =>
      deps.ledger.readCached(guildAccountKey(GUILD_ID))?.day.reserved.videos ?? 0n;
    let duringReply = -1n;
    const acknowledge = async (): Promise<Acknowledgement> => {
      duringReply = usedNow();
      return { kind: 'acknowledged', messageId: MESSAGE_ID };
    };
    await accept(call({ acknowledge }));
    expect([duringReply, usedNow()]).toEqual([1n, 1n]);
  });

  it('counts in the day of its id, however midnight falls between two looks at the clock', async () => {
    const { call, deps, begun } = videoDesk();
    const midnight = Date.parse('2026-11-21T00:00:00.000Z');
    let looks = 0;
    const clock = {
      ...deps.clock,
      now: () => midnight - 2 + (looks += 1),
    };
    const atMidnight = createAcceptVideo({ ...deps, clock });
    for (const number of [1, 2, 3]) {
      looks = number - 1;
      await atMidnight(call({ interactionId: idOf(number), memberId: idOf(10 + number) }));
    }
    expect(begun).toHaveLength(3);
    for (const { id, windows } of begun) {
      expect(new Date(snowflakeTime(id)).toISOString().slice(0, 10)).toBe(
        windows.guild.day.slice(0, 10),
      );
    }
  });

  it('is refused if it cannot be noted, and nothing counts', async () => {
    const { accept, call, deps, intents, acknowledged, records } = videoDesk();
    intents.failures = 1;
    await expect(accept(call())).resolves.toMatchObject({ kind: 'store-down' });
    expect([acknowledged, records.byKey.size]).toEqual([[], 0]);
    expect(deps.active.ofMember(GUILD_ID, MEMBER_ID)).toBe(0);
    expect(deps.ledger.readCached(guildAccountKey(GUILD_ID))?.day.reserved.videos ?? 0n).toBe(0n);
  });

  it('after a commit that failed is written as about to be acknowledged, acknowledged, written as queued, and begun', async () => {
    const steps: string[] = [];
    const { accept, call, begun, madeFrom } = videoDesk({
      tasks: (store) => ({
        ...store,
        create: async (task) => {
          await store.create(task);
          steps.push(`written ${task.stage.name}`);
        },
        save: async (task, was) => {
          await store.save(task, was);
          steps.push(`written ${task.stage.name}`);
        },
      }),
      deps: {
        ...WRITES_FIRST,
        handOver: () => {
          steps.push('begun');
        },
      },
    });
    const acknowledge = async (): Promise<Acknowledgement> => {
      steps.push('acknowledged');
      return { kind: 'acknowledged', messageId: MESSAGE_ID };
    };
    await expect(accept(call({ acknowledge }))).resolves.toEqual({ kind: 'accepted' });
    expect(steps).toEqual(['written acknowledging', 'acknowledged', 'written queued', 'begun']);
    expect(begun).toEqual([]);
    await expect(madeFrom(TASK_ID)).resolves.toMatchObject({ stage: { name: 'queued' } });
  });

  it('becomes a task with what it asked for, reserved at once', async () => {
    const { accept, call, begun, madeFrom } = videoDesk();
    const request = aRequest({ ratio: '1:1', media: media(['image1']) });
    await accept(call({ request, language: 'zh-CN' }));
    expect(begun).toMatchObject([
      {
        interactionId: TASK_ID,
        guildId: GUILD_ID,
        memberId: MEMBER_ID,
        language: 'zh-CN',
        acceptedAt: NOON,
        plan: {
          routes: [
            {
              route: 'jimmy/seedance2.0-sp',
              durationSeconds: 5,
              resolution: '720p',
              ratio: '1:1',
              quote: { kind: 'unknown' },
            },
          ],
        },
        attempts: [],
        address: { messageId: MESSAGE_ID, deliveryPath: 'webhook', tokenSince: NOON },
        stage: { name: 'queued', creates: 0, notSent: 0, notBefore: NOON },
        money: { state: 'reserved', amounts: { videos: 1n, seconds: 5n } },
        secrets: { interactionToken: 'token', request },
      },
    ]);
    await expect(madeFrom(TASK_ID)).resolves.toEqual(begun[0]);
  });

  it('is taken without knowing the message where Discord did not tell it', async () => {
    const { accept, call, begun } = videoDesk();
    await accept(call({}, { kind: 'acknowledged', messageId: undefined }));
    expect(begun[0]?.address).not.toHaveProperty('messageId', MESSAGE_ID);
    expect(begun[0]?.stage.name).toBe('queued');
  });

  it('delivered twice is one task, at once or later or after a restart', async () => {
    const { accept, call, begun, acknowledged, records } = videoDesk();
    const both = await Promise.all([accept(call()), accept(call())]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['accepted', 'duplicate']);
    await expect(accept(call())).resolves.toEqual({ kind: 'duplicate' });
    const after = videoDesk({ records });
    await expect(after.accept(after.call())).resolves.toEqual({ kind: 'duplicate' });
    expect(begun).toHaveLength(1);
    expect([...acknowledged, ...after.acknowledged]).toEqual([TASK_ID]);
  });
});

describe('a request that is not taken', () => {
  it('is refused with every fault and the models that would take it; nothing is stored', async () => {
    const { accept, call, records, acknowledged } = videoDesk();
    const answer = await accept(call({ request: aRequest({ sound: true }) }));
    expect(answer).toMatchObject({
      kind: 'invalid',
      issues: [{ options: ['sound'] }],
      alternatives: [{ id: 'anyfast/seedance-2.0-mini' }],
    });
    expect(records.byKey.size).toBe(0);
    expect(acknowledged).toEqual([]);
  });

  it('is told of a paused provider, and another provider goes on', async () => {
    const { accept, call, deps, clock } = videoDesk();
    await deps.pauses.pauseOnAccountRefusal('jimmy', 'balance-spent');
    await expect(accept(call())).resolves.toMatchObject({
      kind: 'provider-paused',
      until: NOON + 5 * 60_000,
      open: [{ id: 'anyfast/seedance-2.0-mini' }],
    });
    const route = routeOf('anyfast/seedance-2.0-mini');
    await expect(accept(call({ route, interactionId: idOf(2) }))).resolves.toMatchObject({
      kind: 'accepted',
    });
    await clock.advance(5 * 60_000);
    await expect(accept(call({ receivedAt: clock.now() }))).resolves.toEqual({ kind: 'accepted' });
  });

  it('is held to the limit of unfinished tasks, however many come at once', async () => {
    const { accept, call, begun } = videoDesk();
    const calls = [1, 2, 3, 4, 5, 6].map((number) => call({ interactionId: idOf(number) }));
    const answers = await Promise.all(calls.map(accept));
    const kinds = answers.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'accepted')).toHaveLength(3);
    expect(answers.at(-1)).toMatchObject({
      kind: 'denied',
      denial: { kind: 'active', of: 'member' },
    });
    expect(begun).toHaveLength(3);
    await expect(
      accept(call({ interactionId: idOf(7), memberId: idOf(99) })),
    ).resolves.toMatchObject({ kind: 'accepted' });
  });

  it('is held to its quota, however many come at once', async () => {
    const { accept, call, deps } = videoDesk();
    const rule = {
      subject: { kind: 'everyone' },
      measure: 'videos',
      window: 'day',
      limit: 2n,
    } as const;
    await deps.guilds.change(GUILD_ID, (settings) => ({ ...settings, rules: [rule] }), {
      by: MEMBER_ID,
      what: 'rule',
      from: '',
      to: '',
    });
    const calls = [1, 2, 3].map((number) => call({ interactionId: idOf(number) }));
    const kinds = (await Promise.all(calls.map(accept))).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['accepted', 'accepted', 'denied']);
  });
});

describe('an acknowledgement that does not stand', () => {
  it.each<Acknowledgement>([
    { kind: 'refused', detail: 'code 10062' },
    { kind: 'taken-by-another', detail: 'code 40060' },
  ])('for %o begins nothing, and gives back what was reserved', async (answer) => {
    const { accept, call, begun, deps, records, intents, unstarted } = videoDesk();
    await expect(accept(call({}, answer))).resolves.toEqual({ kind: 'not-acknowledged' });
    expect([begun, unstarted]).toEqual([[], []]);
    expect(intents.lines).toEqual([TASK_ID, `closed ${TASK_ID}`]);
    expect(deps.active.ofMember(GUILD_ID, MEMBER_ID)).toBe(0);
    expect(records.byKey.size).toBe(0);
  });

  it.each<Acknowledgement>([
    { kind: 'refused', detail: 'code 10062' },
    { kind: 'taken-by-another', detail: 'code 40060' },
  ])('of a task written first ends it for %o', async (answer) => {
    const { accept, call, begun, deps, records, madeFrom } = videoDesk({ deps: WRITES_FIRST });
    await expect(accept(call({}, answer))).resolves.toEqual({ kind: 'not-acknowledged' });
    expect(begun).toEqual([]);
    expect(deps.active.ofMember(GUILD_ID, MEMBER_ID)).toBe(0);
    await expect(madeFrom(TASK_ID)).resolves.toMatchObject({
      stage: { name: 'ended', outcome: { kind: 'not-started' } },
      money: { state: 'released' },
    });
    await expect(deps.store.loadOpen()).resolves.toEqual([]);
    await expect(records.keysUnder('journal:')).resolves.toEqual([]);
  });

  it('whose answer never came begins nothing, notifies the caller, and is not taken again', async () => {
    const { accept, call, begun, deps, records, unstarted } = videoDesk();
    const unclear = call({}, { kind: 'unclear', detail: 'time-out' });
    await expect(accept(unclear)).resolves.toEqual({ kind: 'not-acknowledged' });
    expect(unstarted).toMatchObject([{ interactionId: TASK_ID, interactionToken: 'token' }]);
    expect([begun, records.byKey.size]).toEqual([[], 0]);
    expect(deps.active.ofMember(GUILD_ID, MEMBER_ID)).toBe(0);
    await expect(accept(call())).resolves.toEqual({ kind: 'duplicate' });
  });

  it('of a task written first, whose answer never came, is told by the worker', async () => {
    const { accept, call, begun, deps } = videoDesk({ deps: WRITES_FIRST });
    await expect(accept(call({}, { kind: 'unclear', detail: 'time-out' }))).resolves.toEqual({
      kind: 'not-acknowledged',
    });
    expect(begun).toMatchObject([{ stage: { name: 'acknowledging' } }]);
    await expect(deps.store.loadOpen()).resolves.toHaveLength(1);
  });
});

describe('a store in trouble', () => {
  it('that does not take the first record begins nothing, says so, and writes first from then on', async () => {
    const { accept, call, records, acknowledged, unstarted, begun, deps } = videoDesk();
    await deps.ledger.load(accountKeysFor(deps.ledger, GUILD_ID, MEMBER_ID));
    await deps.guilds.get(GUILD_ID);
    const steady = createAcceptVideo({
      ...deps,
      store: { ...deps.store, isClaimed: async () => false },
    });
    records.failures = 1;
    await expect(steady(call())).resolves.toEqual({ kind: 'not-begun' });
    expect(unstarted).toMatchObject([{ interactionId: TASK_ID }]);
    expect([begun, records.byKey.size]).toEqual([[], 0]);
    expect(deps.ledger.readCached(guildAccountKey(GUILD_ID))?.day.reserved.videos ?? 0n).toBe(0n);
    records.failures = 1;
    const second = call({ interactionId: idOf(2) });
    await expect(steady(second)).resolves.toMatchObject({ kind: 'store-down' });
    expect(acknowledged).toEqual([TASK_ID]);
    await expect(deps.store.isClaimed(TASK_ID)).resolves.toBe(false);
    await expect(accept(call({ interactionId: idOf(3) }))).resolves.toEqual({ kind: 'accepted' });
  });

  it('that does not take the first record of a task written first is told with a reference', async () => {
    const { accept, call, records, acknowledged, deps, log } = videoDesk({ deps: WRITES_FIRST });
    await accept(call({ request: aRequest({ prompt: ' ' }) }));
    records.failures = 99;
    const answer = await accept(call());
    expect(answer).toMatchObject({ kind: 'store-down' });
    const { reference } = Object.assign({ reference: '' }, answer);
    expect(log.lines).toMatchObject([{ level: 'error', fields: { reference } }]);
    expect(acknowledged).toEqual([]);
    expect(deps.active.ofMember(GUILD_ID, MEMBER_ID)).toBe(0);
    records.failures = 0;
    await expect(accept(call())).resolves.toEqual({ kind: 'accepted' });
  });

  it('that takes longer than 2 s is told as busy, and what is written late never begins', async () => {
    const slow = held();
    const { accept, call, clock, begun, acknowledged, deps, madeFrom } = videoDesk({
      deps: WRITES_FIRST,
      tasks: (store) => ({
        ...store,
        create: async (...given) => {
          await slow.opened;
          return store.create(...given);
        },
      }),
    });
    const deciding = accept(call());
    await clock.advance(1999);
    let isDecided = false;
    void deciding.finally(() => {
      isDecided = true;
    });
    await settle();
    expect(isDecided).toBe(false);
    await clock.advance(1);
    await expect(deciding).resolves.toEqual({ kind: 'busy' });
    slow.open();
    await settle();
    await expect(madeFrom(TASK_ID)).resolves.toMatchObject({
      stage: { name: 'ended', outcome: { kind: 'not-started' } },
      money: { state: 'released' },
    });
    expect(deps.active.ofMember(GUILD_ID, MEMBER_ID)).toBe(0);
    expect([begun, acknowledged]).toEqual([[], []]);
  });

  it('that is delivered again while it is late is not reserved twice', async () => {
    const slow = held();
    let creates = 0;
    const { accept, call, clock } = videoDesk({
      deps: WRITES_FIRST,
      tasks: (store) => ({
        ...store,
        has: async () => false,
        create: async (...given) => {
          creates += 1;
          await slow.opened;
          return store.create(...given);
        },
      }),
    });
    const first = accept(call());
    await clock.advance(2000);
    await expect(first).resolves.toEqual({ kind: 'busy' });
    await expect(accept(call())).resolves.toEqual({ kind: 'duplicate' });
    slow.open();
    await settle();
    expect(creates).toBe(1);
  });

  it('counts the 2 s from when the interaction arrived', async () => {
    const { accept, call, clock } = videoDesk({
      deps: WRITES_FIRST,
      tasks: (store) => ({ ...store, create: async () => new Promise(() => undefined) }),
    });
    const deciding = accept(call({ receivedElapsed: clock.elapsed() - 1500 }));
    await clock.advance(500);
    await expect(deciding).resolves.toEqual({ kind: 'busy' });
    expect(clock.timersSet()).toBe(0);
  });

  it('that arrived 2 s ago begins nothing, although all of it is in memory', async () => {
    const { accept, call, clock, deps, begun, acknowledged } = videoDesk();
    await clock.advance(5000);
    const received = call({ receivedElapsed: clock.elapsed() - 2000 });
    await expect(accept(received)).resolves.toEqual({ kind: 'busy' });
    expect(deps.active.total()).toBe(0);
    expect([begun, acknowledged]).toEqual([[], []]);
  });

  it('that cannot write a late end leaves no rejection that nobody hears', async () => {
    const slow = held();
    const { accept, call, clock, log } = videoDesk({
      deps: WRITES_FIRST,
      tasks: (store) => ({
        ...store,
        create: async (...given) => {
          await slow.opened;
          return store.create(...given);
        },
        end: async () => {
          throw new Error('disk full');
        },
      }),
    });
    const deciding = accept(call());
    await clock.advance(2000);
    await expect(deciding).resolves.toEqual({ kind: 'busy' });
    slow.open();
    await settle();
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('that answers after 2 s gives back what a late decision reserved', async () => {
    const slow = held();
    const { accept, call, clock, acknowledged, deps, records } = videoDesk({
      tasks: (store) => ({
        ...store,
        isClaimed: async (id) => {
          await slow.opened;
          return store.isClaimed(id);
        },
      }),
    });
    const deciding = accept(call());
    await clock.advance(2000);
    await expect(deciding).resolves.toEqual({ kind: 'busy' });
    slow.open();
    await settle();
    expect([acknowledged, records.byKey.size]).toEqual([[], 0]);
    expect(deps.active.ofMember(GUILD_ID, MEMBER_ID)).toBe(0);
    expect(deps.ledger.readCached(guildAccountKey(GUILD_ID))?.day.reserved.videos ?? 0n).toBe(0n);
  });

  it('that cannot write the end of what was not acknowledged says so, and does not throw', async () => {
    const { accept, call } = videoDesk({
      deps: WRITES_FIRST,
      tasks: (store) => ({
        ...store,
        end: async () => {
          throw new Error('disk full');
        },
      }),
    });
    await expect(accept(call({}, { kind: 'refused', detail: '' }))).resolves.toEqual({
      kind: 'not-acknowledged',
    });
  });

  it('that fails after the acknowledgement of a task written first leaves it to the worker', async () => {
    const { accept, call, begun, log } = videoDesk({
      deps: WRITES_FIRST,
      tasks: (store) => ({
        ...store,
        save: async () => {
          throw new Error('disk full');
        },
      }),
    });
    await expect(accept(call())).resolves.toEqual({ kind: 'not-begun' });
    expect(begun).toMatchObject([{ stage: { name: 'acknowledging' } }]);
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });
});
