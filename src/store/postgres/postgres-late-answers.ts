import { z } from 'zod';
import type { Log } from '../../app/ports/core.ts';
import type { LateAnswer, LateAnswers } from '../../app/ports/late-answers-port.ts';
import type { Sessions } from './sessions.ts';

const KEEP = `INSERT INTO late (task, number) VALUES ($1, $2) ON CONFLICT (task) DO NOTHING`;
const READ = 'SELECT task, number FROM late ORDER BY at LIMIT 100';
const DROP = 'DELETE FROM late WHERE task = ANY ($1)';
/** A hold that was not resumed for so long was ended in another way. */
const DROP_OLD = "DELETE FROM late WHERE at < clock_timestamp() - interval '7 days'";

const rows = z.array(z.object({ task: z.string(), number: z.string() }));

/** Keeps an answer on disk, by whatever session of this process there is. */
async function keepLateAnswer(
  sessions: Sessions,
  { taskId, providerTaskId }: LateAnswer,
): Promise<void> {
  const { commit } = await sessions.open();
  await commit(KEEP, [taskId, providerTaskId]);
}

/** Offers all answers that are kept; what is done with is dropped. Never rejects. */
export async function offerLateAnswers(
  sessions: Pick<Sessions, 'open'>,
  take: (answer: LateAnswer) => Promise<boolean>,
  log: Log,
): Promise<void> {
  try {
    const { read } = await sessions.open();
    const done: string[] = [];
    for (const { task, number } of rows.parse(await read(READ))) {
      if (await take({ taskId: task, providerTaskId: number })) done.push(task);
    }
    if (done.length > 0) await read(DROP, [done]);
    await read(DROP_OLD);
  } catch (cause) {
    log.debug({ err: cause }, 'late answers could not be read yet');
  }
}

/** The late answers of a process that becomes a member later. */
export function lateAnswersOf(sessions: () => Sessions | undefined): LateAnswers {
  return {
    async keep(answer) {
      const joined = sessions();
      if (joined === undefined) throw new Error('this process is no member of the database yet');
      await keepLateAnswer(joined, answer);
    },
  };
}
