import { z } from 'zod';
import type { Testbed } from '../../src/sandbox/testbed.ts';

const lineSchema = z.object({ taskId: z.string() });

/** The id of the task that a call was made into, as the running bot's log tells it. */
export async function taskIdOf(
  { bot }: Pick<Testbed, 'bot'>,
  { id: interactionId }: { readonly id: string },
): Promise<string> {
  const line = await bot.waitForLine(
    (one) =>
      /"task (?:begun|ended)"/.test(one) && one.includes(`"interactionId":"${interactionId}"`),
  );
  return lineSchema.parse(JSON.parse(line)).taskId;
}
