import { z } from 'zod';
import type { Intent } from '../../app/ports/intent-log-port.ts';
import { instantSchema } from '../../domain/instant.ts';
import { snowflakeSchema } from '../../domain/tasks/snowflake.ts';
import type { Cipher } from '../records/cipher.ts';

const openSchema = z.object({
  kind: z.literal('intent'),
  at: instantSchema,
  interaction: snowflakeSchema,
  task: snowflakeSchema,
  application: snowflakeSchema,
  member: snowflakeSchema,
  /** Absent in lines of earlier versions. */
  guild: snowflakeSchema.optional(),
  language: z.enum(['en', 'zh-CN']),
  /** The interaction's token, bound to its id. */
  sealed: z.string(),
});

const lineSchema = z.discriminatedUnion('kind', [
  openSchema,
  z.object({ kind: z.literal('closed'), interaction: snowflakeSchema }),
]);
export type IntentLine = z.infer<typeof lineSchema>;

/** The line of an intent in this guild, its token sealed. */
export function intentLine(cipher: Cipher, intent: Intent, guildId: string): string {
  return JSON.stringify({
    kind: 'intent',
    at: intent.at,
    interaction: intent.interactionId,
    task: intent.taskId,
    application: intent.applicationId,
    member: intent.memberId,
    guild: guildId,
    language: intent.language,
    sealed: cipher.seal(intent.interactionToken, intent.interactionId),
  } satisfies IntentLine);
}

/** The line by which an intent is closed. */
export function closedLine(interactionId: string): string {
  return JSON.stringify({ kind: 'closed', interaction: interactionId } satisfies IntentLine);
}

/** `undefined` if the text is no line: torn, damaged, or of another version. */
export function readIntentLine(text: string): IntentLine | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** `undefined` if the token was sealed with another key. */
export function intentOf(
  cipher: Cipher,
  line: Extract<IntentLine, { kind: 'intent' }>,
): Intent | undefined {
  const interactionToken = cipher.open(line.sealed, line.interaction);
  if (interactionToken === undefined) return undefined;
  return {
    interactionId: line.interaction,
    taskId: line.task,
    applicationId: line.application,
    memberId: line.member,
    language: line.language,
    at: line.at,
    interactionToken,
  };
}
