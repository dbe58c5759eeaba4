import { expect, it } from 'vitest';
import {
  askAt,
  backendsOf,
  cutBackend,
  describeOnPostgres,
  untilTrue,
} from '../../fakes/on-postgres.ts';
import { ALL_SLOTS } from '../../../src/domain/slots.ts';
import { createPostgresRecords } from '../../../src/store/postgres/postgres-records.ts';
import { lockStart, whileNoneStarts } from '../../../src/store/postgres/start-lock.ts';
import { systemClock } from '../../../src/app/system-clock.ts';
import { startSilentProxy } from '../../fakes/silent-proxy.ts';
import { held } from '../../fakes/held.ts';
import { findOverlap, LONG, databaseWithClaims, sessionAfter, startMember } from './a-member.ts';
import type { AMember } from './a-member.ts';

/** How many slots each one has. */
const counts = (members: readonly AMember[]): number[] => members.map(({ held: { size } }) => size);

/** Of four, of which it has slots. */
const shardsOf = (member: AMember) => new Set([...member.held.keys()].map((slot) => slot % 4));
/** Who has the slot of its number has the shard. */
const hasShard = (member: AMember): boolean => [...member.held.keys()].some((slot) => slot < 4);

/** Waits until each slot is held by exactly one of them, by their own words, in such shares. */
async function untilShared(members: readonly AMember[], shares: readonly number[]): Promise<void> {
  await untilTrue(async () => {
    const slots = members.flatMap((member) => [...member.held.keys()]);
    return new Set(slots).size === 64 && JSON.stringify(counts(members)) === JSON.stringify(shares);
  });
}

async function stopAll(members: readonly AMember[]): Promise<void> {
  await Promise.all(members.map(async (member) => member.stop()));
}

describeOnPostgres('members of one database', (server) => {
  const newDatabase = async (): Promise<string> => databaseWithClaims(server);
  it('share the slots, and one of them is the first', async () => {
    const url = await newDatabase();
    const one = await startMember(url, 'one');
    await untilShared([one], [64]);
    expect(one.membership.isFirst()).toBe(true);
    const two = await startMember(url, 'two');
    await untilShared([one, two], [32, 32]);
    expect([one, two].filter(({ membership }) => membership.isFirst())).toHaveLength(1);
    await untilTrue(async () => two.membership.members().length === 2);
    expect(two.membership.members().map(({ instance }) => instance)).toEqual(['one', 'two']);
    expect(two.membership.isValidFor(1000)).toBe(true);
    await untilTrue(async () => one.membership.placesOf(8) === 4);
    await untilTrue(async () => two.membership.placesOf(8) === 4);
    await stopAll([one, two]);
    await expect(findOverlap(url)).resolves.toBeUndefined();
    await expect(askAt(url, 'SELECT id FROM member')).resolves.toEqual([]);
  });

  it.each(['one', 'another'])(
    'that come alone after a death have the places that its creates leave, as %s',
    async (instance) => {
      const url = await newDatabase();
      await startMember(url, 'one').then(async (first) => first.stop());
      // Its lock is free: its connections are gone.
      await askAt(
        url,
        `INSERT INTO member (id, instance, since, entered, until, leaving, lock_key, counts)
         SELECT 'dead', 'one', now(), now(), now() + interval '1 hour', false, 1, '{dead}'`,
      );
      const pace = { renewMs: 3_600_000, checkMs: 50, marginMs: 100 };
      const one = await startMember(url, instance, { pace });
      await untilShared([one], [64]);
      // The first renewal may have come before the dead one was removed.
      const isAlone = ([only, ...others]: ReturnType<typeof one.membership.members>): boolean =>
        only?.counts !== undefined && others.length === 0;
      await untilTrue(async () => {
        one.membership.renew();
        return isAlone(one.membership.members());
      });
      expect(one.membership.placesOf(8)).toBe(0);
      one.membership.foundCreates(new Set(ALL_SLOTS), 3);
      await untilTrue(async () => {
        one.membership.renew();
        return one.membership.placesOf(8) === 5;
      });
      await one.stop();
    },
  );

  it('name all that live while none starts, and nothing is done while one does', async () => {
    const url = await newDatabase();
    const [one, two] = [await startMember(url, 'one'), await startMember(url, 'two')];
    const sessions = [one, two].map(({ membership }) => membership.sessions.current());
    const [first, second] = sessions;
    if (first === undefined || second === undefined) throw new Error('there are two');
    const named: string[][] = [];
    const work = async (instances: ReadonlySet<string>) =>
      void named.push([...instances].toSorted());
    await whileNoneStarts(first, work);
    const started = await lockStart(second, systemClock, 0);
    await whileNoneStarts(first, work);
    await started();
    await whileNoneStarts(first, async (instances) => {
      await work(instances);
      await expect(lockStart(second, systemClock, 0)).rejects.toThrow('has been starting');
    });
    expect(named).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ]);
    await stopAll([one, two]);
  });

  it('are nine, and none is left without', async () => {
    const url = await newDatabase();
    const members: AMember[] = [];
    for (let nth = 1; nth <= 9; nth += 1) members.push(await startMember(url, `m${nth}`));
    await untilShared(members, [8, 7, 7, 7, 7, 7, 7, 7, 7]);
    await stopAll(members);
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });

  it('keep a slot until its work has ended, and hand over the others meanwhile', async () => {
    const url = await newDatabase();
    const slow = held();
    const one = await startMember(url, 'one', {
      hooks: { release: async (slot) => (slot === 63 ? slow.opened : undefined) },
    });
    await untilShared([one], [64]);
    const two = await startMember(url, 'two');
    await untilTrue(async () => two.held.size === 31 && one.held.size === 33);
    expect(one.membership.owns(63)).toBe(true);
    expect(one.membership.servedSlots()).not.toContain(63);
    slow.open();
    await untilShared([one, two], [32, 32]);
    expect(one.membership.owns(63)).toBe(false);
    await stopAll([one, two]);
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });

  it('try a hand-over again that failed, and hand back what cannot be loaded', async () => {
    const url = await newDatabase();
    let failures = 0;
    const fail = async (): Promise<void> => {
      failures += 1;
      if (failures % 3 === 1) throw new Error('not yet');
    };
    const one = await startMember(url, 'one', { hooks: { release: fail, onGained: fail } });
    await untilShared([one], [64]);
    const two = await startMember(url, 'two');
    await untilShared([one, two], [32, 32]);
    expect(failures).toBeGreaterThan(3);
    await stopAll([one, two]);
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });

  it('hand over everything before they leave', async () => {
    const url = await newDatabase();
    const [one, two] = [await startMember(url, 'one'), await startMember(url, 'two')];
    await untilShared([one, two], [32, 32]);
    await one.stop('leave');
    await untilTrue(async () => two.held.size === 64);
    expect(one.events.filter((event) => event.startsWith('lost'))).toEqual([]);
    expect(one.held.size).toBe(0);
    // The last one leaves as well, and its slots have no owner.
    await two.stop('leave');
    await expect(askAt(url, 'SELECT 1 FROM slot WHERE owner IS NOT NULL')).resolves.toEqual([]);
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });

  it('divide the slots by shards, and each shard with them', async () => {
    const url = await newDatabase();
    const one = await startMember(url, 'one', { shards: 4 });
    await untilShared([one], [64]);
    const two = await startMember(url, 'two', { shards: 4 });
    await untilShared([one, two], [32, 32]);
    expect([one, two].map(shardsOf)).toEqual([new Set([0, 1]), new Set([2, 3])]);
    const three = await startMember(url, 'three', { shards: 4 });
    await untilShared([one, two, three], [22, 21, 21]);
    expect([one, two].map(hasShard)).toEqual([true, true]);
    await stopAll([one, two, three]);
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });

  it('keep their slots over a cut connection, or lose them, but never both', async () => {
    const url = await newDatabase();
    const [one, two] = [await startMember(url, 'one'), await startMember(url, 'two')];
    await untilShared([one, two], [32, 32]);
    for (let round = 0; round < 6; round += 1) {
      const { member } = one.membership.sessions.current();
      const [pid = 0] = (await backendsOf(url, 'one')).slice(round % 3);
      await cutBackend(url, pid);
      await sessionAfter(one.membership, member);
      await untilShared([one, two], [32, 32]);
    }
    await stopAll([one, two]);
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });

  it('go on after a crash of the server', async () => {
    const url = await newDatabase();
    const names = ['one', 'two', 'three'];
    const members = await Promise.all(names.map(async (name) => startMember(url, name)));
    const isShared = async (): Promise<boolean> => {
      const slots = members.flatMap((member) => [...member.held.keys()]);
      return (
        slots.length === 64 && new Set(slots).size === 64 && Math.max(...counts(members)) === 22
      );
    };
    await untilTrue(isShared);
    const before = members.map(({ membership }) => membership.sessions.current().member);
    await server.crash();
    for (const [index, { membership }] of members.entries()) {
      await sessionAfter(membership, before[index] ?? '');
    }
    await untilTrue(isShared);
    await stopAll(members);
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });

  it('drop everything when they were removed, and begin anew', async () => {
    const url = await newDatabase();
    const one = await startMember(url, 'one');
    await untilShared([one], [64]);
    const { member } = one.membership.sessions.current();
    const standing = () => one.membership.standing();
    expect(standing()).toMatchObject({ processes: 1, entries: 1, removals: 0 });
    expect(standing().leaseLeftMs).toBeGreaterThan(0);
    await askAt(url, 'DELETE FROM member');
    await untilTrue(async () => one.events.some((event) => event.startsWith('lost')));
    await untilShared([one], [64]);
    expect(one.events.filter((event) => event.startsWith('lost'))).toHaveLength(64);
    expect(one.membership.sessions.current().member).not.toBe(member);
    expect(standing()).toMatchObject({ entries: 2 });
    await stopAll([one]);
    expect(standing().leaseLeftMs).toBe(0);
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });

  it('drop a slot whose row is another one’s', async () => {
    const url = await newDatabase();
    const [one, two] = [await startMember(url, 'one'), await startMember(url, 'two')];
    await untilShared([one, two], [32, 32]);
    const [slot = 0] = one.membership.servedSlots();
    const { member } = two.membership.sessions.current();
    await askAt(url, 'UPDATE slot SET owner = $1 WHERE n = $2', [member, slot]);
    await untilTrue(async () => one.events.some((event) => event.startsWith('lost')));
    expect(one.events.filter((event) => event.startsWith('lost'))).toEqual([`lost ${slot}`]);
    await untilShared([one, two], [32, 32]);
    await stopAll([one, two]);
  });

  it('find out that their line is silent, and come again without what was lost', async () => {
    const url = await newDatabase();
    const proxy = await startSilentProxy(Number(new URL(url).port));
    const line = new URL(url);
    line.port = String(proxy.port);
    const limits = { connectMs: 500, answerMs: 1000, leaseMs: 4000 };
    const [near, far] = [
      await startMember(url, 'near', { limits }),
      await startMember(line.href, 'far', { limits }),
    ];
    await untilShared([near, far], [32, 32]);
    proxy.silence();
    await untilTrue(async () => near.held.size === 64);
    expect(far.membership.isValidFor(0)).toBe(false);
    expect(() => far.membership.sessions.current()).toThrow('is cut');
    expect(far.held.size).toBe(32);
    proxy.restore();
    await untilTrue(
      async () => far.events.filter((event) => event.startsWith('lost')).length === 32,
    );
    await untilShared([near, far], [32, 32]);
    await stopAll([near, far]);
    await proxy.close();
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });

  it.each([0, 1, 2])(
    'notice that connection %i of theirs is silent, and keep their slots',
    async (nth) => {
      const url = await newDatabase();
      const proxy = await startSilentProxy(Number(new URL(url).port));
      const line = new URL(url);
      line.port = String(proxy.port);
      const one = await startMember(line.href, 'one', { limits: { ...LONG, answerMs: 1000 } });
      await untilShared([one], [64]);
      const { member } = one.membership.sessions.current();
      proxy.silenceOne(nth);
      const next = await sessionAfter(one.membership, member);
      const claims = 'SELECT 1 FROM claim WHERE member = $1 LIMIT 1';
      await untilTrue(async () => (await askAt(url, claims, [next.member])).length > 0);
      expect(one.events.filter((event) => event.startsWith('lost'))).toEqual([]);
      expect(one.held.size).toBe(64);
      await one.stop();
      await proxy.close();
      await expect(findOverlap(url)).resolves.toBeUndefined();
    },
  );

  it('commit nothing after a pause between the decision and its commit', async () => {
    const url = await newDatabase();
    const [one, two] = [await startMember(url, 'one'), await startMember(url, 'two')];
    await untilShared([one, two], [32, 32]);
    const [slot = 0] = one.membership.servedSlots();
    const session = one.membership.sessions.current();
    // It was removed and its slot has another owner before the commit is sent.
    await askAt(url, 'DELETE FROM member WHERE id = $1', [session.member]);
    await untilTrue(async () => two.held.has(slot) || one.events.includes(`lost ${slot}`));
    const late = createPostgresRecords({ ...one.membership.sessions, current: () => session });
    await expect(late.write([{ key: 'late', value: slot }])).rejects.toThrow(/./);
    await untilShared([one, two], [32, 32]);
    const records = createPostgresRecords(one.membership.sessions);
    await expect(records.get('late')).resolves.toBeUndefined();
    await stopAll([one, two]);
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });
});
