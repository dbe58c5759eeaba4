import type { BudgetRows } from '../../src/app/ports/budget-rows-port.ts';
import { NotOurs } from '../../src/app/slots/not-ours.ts';
import { memberBudgets } from './member-budgets.ts';

/** The rows of the budgets in memory, with the answers that the statements on Postgres give. */
export function sharedBudget() {
  const granted = new Map<string, bigint>();
  const grants = new Map<string, bigint>();
  const owners = new Map<number, string>();
  const living = new Set<string>();
  const asked = new Map<string, (window: string, question: string) => void>();
  const answered = new Map<string, (question: string) => void>();
  const claims = memberBudgets(living, owners);
  const grantOf = (window: string, slot: number): bigint => grants.get(`${window} ${slot}`) ?? 0n;
  const put = (window: string, slot: number, amount: bigint): void => {
    const change = amount - grantOf(window, slot);
    grants.set(`${window} ${slot}`, amount);
    granted.set(window, (granted.get(window) ?? 0n) + change);
  };
  let sent = 0;
  /** The way there and back takes longer or shorter. */
  const travel = async (): Promise<void> => {
    sent += 1;
    for (let ticks = (sent * 7) % 23; ticks >= 0; ticks -= 1) await Promise.resolve();
  };
  /** What a dead process has sent is executed or not, and nobody hears of it. */
  const statement = async <T>(member: string, execute: () => T): Promise<T> => {
    await travel();
    if (!living.has(member)) return new Promise<T>(() => undefined);
    const result = execute();
    await travel();
    return living.has(member) ? result : new Promise<T>(() => undefined);
  };
  const rowsOf = (member: string): BudgetRows => ({
    raise: async ({ slot, window, spent, cost, ahead }) =>
      statement(member, () => {
        if (owners.get(slot) !== member) throw new NotOurs();
        if (!granted.has(window)) return undefined;
        if (grantOf(window, slot) < spent) put(window, slot, spent);
        const missing = spent + cost - grantOf(window, slot);
        const { ceiling, mayGrant } = claims.holding(member, window);
        const left = (ceiling ?? 10n ** 30n) - (granted.get(window) ?? 0n);
        if (missing > 0n && mayGrant && missing <= left) {
          const plenty = (left - missing) / 16n;
          const more = missing + (ahead < plenty ? ahead : plenty);
          put(window, slot, grantOf(window, slot) + more);
        }
        return {
          amount: grantOf(window, slot),
          granted: granted.get(window) ?? 0n,
          ceiling,
          others: living.size - 1,
        };
      }),
    settle: async (window, needs) =>
      statement(member, () => {
        if (!granted.has(window)) return undefined;
        const own = needs.filter(({ slot }) => owners.get(slot) === member);
        for (const { slot, spent, isKept } of own) {
          if (grantOf(window, slot) < spent || !isKept) put(window, slot, spent);
        }
        const { ceiling } = claims.holding(member, window);
        return {
          amounts: new Map(own.map(({ slot }) => [slot, grantOf(window, slot)])),
          isOverdrawn: ceiling !== undefined && (granted.get(window) ?? 0n) > ceiling,
        };
      }),
    create: async (window, amounts) =>
      statement(member, () => {
        if (granted.has(window)) return;
        granted.set(window, 0n);
        for (const [slot, amount] of amounts) put(window, slot, amount);
      }),
    ask: async (window, question) =>
      statement(member, () => {
        for (const one of living) asked.get(one)?.(window, question);
      }),
    answer: async (question) =>
      statement(member, () => {
        for (const one of living) answered.get(one)?.(question);
      }),
    onAsked: (then) => void asked.set(member, then),
    onAnswered: (then) => void answered.set(member, then),
  });
  return { granted, grantOf, owners, living, rowsOf, ...claims };
}
