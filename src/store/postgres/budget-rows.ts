import { z } from 'zod';
import type { BudgetRows } from '../../app/ports/budget-rows-port.ts';
import { NotOurs } from '../../app/slots/not-ours.ts';
import { microsSchema } from '../../domain/ledger/money.ts';
import { BUDGET_CHANNEL, CREATE, NOTIFY, RAISE, SETTLE } from './budget-statements.ts';
import type { PostgresSession } from './session.ts';
import type { Sessions } from './sessions.ts';

const raiseRows = z.tuple([
  z.object({
    members: z.number(),
    owned: z.number(),
    amount: microsSchema.nullable(),
    granted: microsSchema.nullable(),
    ceiling: microsSchema.nullable(),
    others: z.number(),
  }),
]);
const settleRows = z.tuple([
  z.object({
    members: z.number(),
    windows: z.number(),
    slots: z.array(z.number()),
    amounts: z.array(microsSchema),
    isOverdrawn: z.boolean(),
  }),
]);
const createRows = z.tuple([z.object({ members: z.number() })]);

/** The rows of the operator's budgets on Postgres. What is raised is on disk when it resolves. */
export function createBudgetRows(sessions: Pick<Sessions, 'current' | 'onNotice'>): BudgetRows {
  return {
    async raise({ slot, window, spent, cost, ahead }) {
      const session = sessions.current();
      const values = [session.member, window, slot, ...[spent, cost, ahead].map(String)];
      const [raised] = raiseRows.parse(await session.commit(RAISE, values));
      refuseFenced(session, raised);
      if (raised.owned === 0) throw new NotOurs();
      const { amount, granted, others, ceiling } = raised;
      if (amount === null || granted === null) return undefined;
      return { amount, granted, others, ceiling: ceiling ?? undefined };
    },
    async settle(window, needs) {
      const session = sessions.current();
      const [settled] = settleRows.parse(
        await session.read(SETTLE, [
          session.member,
          window,
          needs.map(({ slot }) => slot),
          needs.map(({ spent }) => String(spent)),
          needs.map(({ isKept }) => isKept),
        ]),
      );
      refuseFenced(session, settled);
      const { windows, slots, amounts, isOverdrawn } = settled;
      if (windows === 0) return undefined;
      return {
        amounts: new Map(slots.map((slot, index) => [slot, amounts[index] ?? 0n])),
        isOverdrawn,
      };
    },
    async create(window, grants, outdated) {
      const session = sessions.current();
      const kind = window.slice(0, window.indexOf(':') + 1);
      const [created] = createRows.parse(
        await session.commit(CREATE, [
          session.member,
          window,
          [...grants.keys()],
          [...grants.values()].map(String),
          kind,
          outdated,
        ]),
      );
      refuseFenced(session, created);
    },
    ...questionsOver(sessions),
  };
}

/** Questions and answers, in notices. */
function questionsOver(
  sessions: Pick<Sessions, 'current' | 'onNotice'>,
): Pick<BudgetRows, 'ask' | 'answer' | 'onAsked' | 'onAnswered'> {
  const notify = async (text: string): Promise<void> => {
    await sessions.current().read(NOTIFY, [text]);
  };
  const onNotice = (kind: string, then: (question: string, window: string) => void): void => {
    sessions.onNotice((channel, payload) => {
      const [of, question = '', window = ''] = payload.split(' ');
      if (channel === BUDGET_CHANNEL && of === kind) then(question, window);
    });
  };
  return {
    ask: async (window, question) => notify(`ask ${question} ${window}`),
    answer: async (question) => notify(`answer ${question}`),
    onAsked(then) {
      onNotice('ask', (question, window) => {
        then(window, question);
      });
    },
    onAnswered(then) {
      onNotice('answer', then);
    },
  };
}

function refuseFenced(session: PostgresSession, { members }: { readonly members: number }): void {
  if (members !== 1) throw session.endFenced();
}
