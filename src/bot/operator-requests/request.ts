import { z } from 'zod';
import { snowflakeSchema } from '../../domain/tasks/snowflake.ts';

const endSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('settle'), amount: z.string().max(60) }),
  z.strictObject({ kind: z.literal('settle-at-quote') }),
  z.strictObject({ kind: z.literal('release') }),
]);

/** A request of the operator to a running bot. It is carried out once per id. */
export const requestSchema = z.strictObject({
  version: z.literal(1),
  id: z.uuid(),
  /** The store it is for, because bots on several may share the folder: its real path. */
  store: z.string().max(4096),
  taskId: snowflakeSchema,
  end: endSchema,
});
export type OperatorRequest = Readonly<z.output<typeof requestSchema>>;

/** The answer to a request. */
export const answerSchema = z.strictObject({
  isDone: z.boolean(),
  text: z.string().max(2000),
});
export type OperatorAnswer = Readonly<z.output<typeof answerSchema>>;
