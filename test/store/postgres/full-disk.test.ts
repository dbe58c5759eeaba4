import { expect, it } from 'vitest';
import { errorCode } from '../../../src/domain/error-code.ts';
import type { LogLine } from '../../fakes/log.ts';
import { recordingLog } from '../../fakes/log.ts';
import { fillDisk } from '../../fakes/full-disk.ts';
import {
  askAt,
  backendsOf,
  cutBackend,
  describeOnPostgres,
  untilTrue,
} from '../../fakes/on-postgres.ts';
import { findOverlap, LONG, databaseWithClaims, startMember } from './a-member.ts';
import type { AMember } from './a-member.ts';

/** A lease that runs out within a test. */
const SHORT = { ...LONG, leaseMs: 1500 };

/** Whether one of the lines says this of a full disk. */
const says = (lines: readonly LogLine[], message: string): boolean =>
  lines.some(
    (line) =>
      line.message === message && 'err' in line.fields && errorCode(line.fields.err) === '53100',
  );

const NOT_RENEWED = 'membership could not be renewed yet';
const NOT_SHARED = 'slots could not be read yet';
const NOT_CONNECTED = 'no connection to the database yet';

const ends = ({ events }: AMember): string[] =>
  events.filter((event) => event.startsWith('lost') || event === 'fenced');

async function untilShared(members: readonly AMember[], shares: readonly number[]): Promise<void> {
  await untilTrue(async () => {
    const slots = members.flatMap((member) => [...member.held.keys()]);
    const sizes = members.map(({ held }) => held.size);
    return new Set(slots).size === 64 && JSON.stringify(sizes) === JSON.stringify(shares);
  });
}

describeOnPostgres('members of a database whose disk is full', (server) => {
  const newDatabase = async (): Promise<string> => databaseWithClaims(server);

  it('lose their slots to others when their lease ends, commit nothing more, and come again', async () => {
    const url = await newDatabase();
    const log = recordingLog();
    const one = await startMember(url, 'one', { limits: SHORT, log });
    const two = await startMember(url, 'two', { limits: SHORT });
    await untilShared([one, two], [32, 32]);
    const makeRoom = await fillDisk(url, { tables: ['member'], when: "NEW.instance = 'one'" });
    await untilShared([two], [64]);
    await untilTrue(async () => one.held.size === 0);
    expect(says(log.lines, NOT_RENEWED)).toBe(true);
    await untilTrue(async () => says(log.lines, NOT_CONNECTED));
    expect(() => one.membership.sessions.current()).toThrow('is cut');
    expect(ends(two)).toEqual([]);
    await makeRoom();
    await untilShared([one, two], [32, 32]);
    await Promise.all([one.stop(), two.stop()]);
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });

  it('are no owners by their own count when their lease ends, and go on where no other one is', async () => {
    const url = await newDatabase();
    const one = await startMember(url, 'one', { limits: SHORT });
    await untilShared([one], [64]);
    const { member } = one.membership.sessions.current();
    const makeRoom = await fillDisk(url, { tables: ['member'] });
    await untilTrue(async () => !one.membership.isValidFor(0));
    await makeRoom();
    await untilTrue(async () => one.membership.isValidFor(0));
    expect(one.membership.sessions.current().member).toBe(member);
    expect(ends(one)).toEqual([]);
    expect(one.held.size).toBe(64);
    await one.stop();
  });

  it('share again what none of them could keep', async () => {
    const url = await newDatabase();
    const names = ['one', 'two', 'three'];
    const members: AMember[] = [];
    for (const name of names) members.push(await startMember(url, name, { limits: SHORT }));
    await untilShared(members, [22, 21, 21]);
    const makeRoom = await fillDisk(url, { tables: ['member', 'slot', 'removal'] });
    await untilTrue(async () => members.every(({ membership }) => !membership.isValidFor(0)));
    await makeRoom();
    await untilTrue(async () => {
      const slots = members.flatMap(({ membership }) => membership.servedSlots());
      const isValid = members.every(({ membership }) => membership.isValidFor(0));
      return isValid && slots.length === 64 && new Set(slots).size === 64;
    });
    await Promise.all(members.map(async (one) => one.stop()));
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });

  it('hand over no slot whose row cannot be written, and all of them afterwards', async () => {
    const url = await newDatabase();
    const log = recordingLog();
    const one = await startMember(url, 'one', { log });
    await untilShared([one], [64]);
    const makeRoom = await fillDisk(url, { tables: ['slot'] });
    const two = await startMember(url, 'two');
    await untilTrue(async () => says(log.lines, NOT_SHARED));
    expect(two.held.size).toBe(0);
    await expect(askAt(url, 'SELECT DISTINCT owner FROM slot')).resolves.toEqual([
      { owner: one.membership.sessions.current().member },
    ]);
    await makeRoom();
    await untilShared([one, two], [32, 32]);
    expect([...ends(one), ...ends(two)]).toEqual([]);
    await Promise.all([one.stop(), two.stop()]);
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });

  it('take no slot of one that was cut off whose row cannot be written, and all afterwards', async () => {
    const url = await newDatabase();
    const log = recordingLog();
    const one = await startMember(url, 'one', { log });
    const two = await startMember(url, 'two', { log });
    await untilShared([one, two], [32, 32]);
    const makeRoom = await fillDisk(url, { tables: ['slot'] });
    for (const pid of await backendsOf(url, 'one')) await cutBackend(url, pid);
    // Its next member would have to write the rows of its slots, and so would the other one.
    await untilTrue(async () => says(log.lines, NOT_CONNECTED));
    await untilTrue(async () => says(log.lines, NOT_SHARED));
    expect(one.held.size).toBe(32);
    expect(two.held.size).toBe(32);
    await makeRoom();
    await untilShared([one, two], [32, 32]);
    await Promise.all([one.stop(), two.stop()]);
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });
});
