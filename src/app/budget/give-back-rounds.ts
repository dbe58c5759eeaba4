import type { BudgetGrantsDeps } from './grants-deps.ts';

/** How long the other processes have to give back what they hold unspent, in milliseconds. */
const GIVE_BACK_MS = 800;

/** Asks the other processes to give back what they hold unspent; for each window once at a time. */
export interface GiveBackRounds {
  /** Resolves when that many have answered, or their time is over. */
  ask(window: string, others: number): Promise<void>;
  /** Whether this process asks that itself. */
  isOwn(question: string): boolean;
}

/** Creates the rounds of a process. */
export function createGiveBackRounds({
  rows,
  clock,
  newId,
  log,
}: Pick<BudgetGrantsDeps, 'rows' | 'clock' | 'newId' | 'log'>): GiveBackRounds {
  const running = new Map<string, Promise<void>>();
  const answered = new Map<string, () => void>();
  rows.onAnswered((question) => answered.get(question)?.());
  const round = async (window: string, others: number): Promise<void> => {
    const question = newId();
    await new Promise<void>((resolve) => {
      let left = others;
      const cancel = clock.after(GIVE_BACK_MS, resolve);
      const end = (): void => {
        cancel();
        resolve();
      };
      answered.set(question, () => {
        left -= 1;
        if (left <= 0) end();
      });
      rows.ask(window, question).catch((cause: unknown) => {
        log.warn({ err: cause }, 'no other process could be asked for unspent budget');
        end();
      });
    });
    answered.delete(question);
  };
  return {
    async ask(window, others) {
      if (others === 0) return;
      const asking =
        running.get(window) ?? round(window, others).finally(() => running.delete(window));
      running.set(window, asking);
      await asking;
    },
    isOwn: (question) => answered.has(question),
  };
}
