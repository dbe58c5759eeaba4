import { expect, it } from 'vitest';
import type { Budgets } from '../../../src/domain/ledger/budget.ts';
import { createSharedBudgets, namedAmounts } from '../../../src/store/postgres/shared-budgets.ts';
import {
  askAt,
  cutBackend,
  backendsOf,
  describeOnPostgres,
  untilTrue,
} from '../../fakes/on-postgres.ts';
import { makeClaims, sessionAfter, startMember } from './a-member.ts';

/** A process with these budgets. */
async function open(url: string, instance: string, own: Budgets) {
  await makeClaims(url);
  const budgets = createSharedBudgets(own);
  const heard: Budgets[] = [];
  budgets.onChange(() => void heard.push(budgets.now()));
  const settings = { digests: { A: instance }, budgets: namedAmounts(own) };
  const member = await startMember(url, instance, { settings, applied: budgets.applied });
  budgets.join(member.membership);
  return { ...member, budgets, heard };
}
/** Each process, and what its row says that it keeps to. */
async function appliedAt(url: string): Promise<string[]> {
  const rows = await askAt(url, 'SELECT instance, applied FROM member ORDER BY instance');
  return rows.map(({ instance, applied }) => `${String(instance)} ${JSON.stringify(applied)}`);
}

describeOnPostgres('the budgets of processes that share a database', (server) => {
  it('are the lowest of each kind, and known to all', async () => {
    const url = await server.createDatabase();
    const one = await open(url, 'one', { day: 100n });
    expect(one.budgets.now()).toEqual({ day: 100n });
    const two = await open(url, 'two', { day: 120n, month: 7n });
    await untilTrue(async () => one.heard.at(-1)?.month === 7n);
    await untilTrue(async () => two.heard.at(-1)?.day === 100n);
    expect(one.budgets.now()).toEqual({ day: 100n, month: 7n });
    const digests = one.membership.members().map(({ settings }) => settings?.digests['A']);
    expect(digests).toEqual(['one', 'two']);
    // What they keep to, they say in their rows.
    expect(await appliedAt(url)).toEqual(['one {"day":"100"}', 'two {"day":"120","month":"7"}']);
    one.budgets.keepTo({ day: 100n, month: 7n });
    await untilTrue(async () => (await appliedAt(url)).includes('one {"day":"100","month":"7"}'));
    await two.stop();
    await untilTrue(async () => !Object.hasOwn(one.budgets.now(), 'month'));
    await one.stop();
  });

  it('are said again by the session that follows one that was cut', async () => {
    const url = await server.createDatabase();
    const one = await open(url, 'one', { day: 100n });
    one.budgets.keepTo({ day: 60n });
    await untilTrue(async () => (await appliedAt(url)).includes('one {"day":"60"}'));
    const { member } = one.membership.sessions.current();
    const [pid = 0] = await backendsOf(url, 'one');
    await cutBackend(url, pid);
    await sessionAfter(one.membership, member);
    await expect(askAt(url, 'SELECT settings, applied FROM member')).resolves.toEqual([
      { settings: { digests: { A: 'one' }, budgets: { day: '100' } }, applied: { day: '60' } },
    ]);
    await one.stop();
  });

  it('of an older version and of a later one end no membership', async () => {
    const url = await server.createDatabase();
    const one = await open(url, 'one', { day: 100n });
    const two = await open(url, 'two', { day: 50n });
    await untilTrue(async () => one.budgets.now().day === 50n);
    const say = async (settings: string | null): Promise<void> => {
      await askAt(url, "UPDATE member SET settings = $1 WHERE instance = 'two'", [settings]);
    };
    for (const settings of [null, '{"digests":7}', '{"budgets":{"day":"-1"}}']) {
      await say('{"digests":{},"budgets":{"day":"40"},"more":1}');
      await untilTrue(async () => one.budgets.now().day === 40n);
      await say(settings);
      await untilTrue(async () => one.budgets.now().day === 100n);
    }
    expect(one.membership.members()).toHaveLength(2);
    await one.stop();
    await two.stop();
  });
});
