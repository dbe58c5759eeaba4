import { z } from 'zod';
import { snowflakeSchema } from '../domain/tasks/age.ts';

const endSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('settle'), amount: z.string().max(60) }),
  z.strictObject({ kind: z.literal('settle-at-quote') }),
  z.strictObject({ kind: z.literal('release') }),
]);

/** What the operator asks of a running bot, as a file; made twice by its id, it is carried out once. */
export const requestSchema = z.strictObject({
  version: z.literal(1),
  id: z.uuid(),
  /** The real path of the store that is meant: another bot may share the folder. */
  store: z.string().max(4096),
  taskId: snowflakeSchema,
  end: endSchema,
});
export type OperatorRequest = Readonly<z.output<typeof requestSchema>>;

/** What came of it, in words. */
export const answerSchema = z.strictObject({
  /** When it was given, in milliseconds. */
  at: z.number(),
  isDone: z.boolean(),
  text: z.string().max(2000),
});
export type OperatorAnswer = Readonly<z.output<typeof answerSchema>>;
