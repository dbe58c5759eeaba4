import { z } from 'zod';

// Everything that a simulated provider can be told to do, as JSON: tests, the playground and the
// chaos run all turn the same knobs. Times are milliseconds unless the name says otherwise.

const ok = z.strictObject({ kind: z.literal('ok') });
/** The right answer, dripped over `ms`. */
const slow = z.strictObject({ kind: z.literal('slow'), ms: z.int().positive() });
/** The socket is cut as soon as the headers are there. */
const cutBeforeReading = z.strictObject({ kind: z.literal('cut-before-reading') });

/** On a create: the task is made all the same, as happens when only the answer is lost. A query ignores it. */
const accepts = { accepts: z.boolean().optional() };
const faults = [
  z.strictObject({
    kind: z.literal('raw'),
    status: z.int().min(200).max(599),
    body: z.string(),
    headers: z.record(z.string(), z.string()).optional(),
    ...accepts,
  }),
  /** No answer until somebody closes. */
  z.strictObject({ kind: z.literal('hang'), ...accepts }),
  /** The whole request is read, then the socket is cut. */
  z.strictObject({ kind: z.literal('cut'), ...accepts }),
  z.strictObject({
    kind: z.literal('rate-limited'),
    retryAfterSeconds: z.int().min(0).optional(),
    ...accepts,
  }),
  z.strictObject({
    kind: z.literal('server-error'),
    status: z.int().min(500).max(599).optional(),
    ...accepts,
  }),
  z.strictObject({ kind: z.literal('not-json'), ...accepts }),
  z.strictObject({ kind: z.literal('huge'), bytes: z.int().positive(), ...accepts }),
  /** The provider's success envelope around nothing usable. */
  z.strictObject({ kind: z.literal('wrong-shape'), ...accepts }),
] as const;

/** What a create answers; `ok` validates and accepts, `refused` is the provider's own error envelope. */
export const createAnswerSchema = z.discriminatedUnion('kind', [
  ok,
  slow,
  cutBeforeReading,
  z.strictObject({ kind: z.literal('refused'), reason: z.string() }),
  ...faults,
]);
export type CreateAnswer = z.infer<typeof createAnswerSchema>;

/** What a query answers; `fail` ends the task for good, `missing` says that there is no such task. */
export const queryAnswerSchema = z.discriminatedUnion('kind', [
  ok,
  slow,
  cutBeforeReading,
  z.strictObject({ kind: z.literal('fail'), reason: z.string() }),
  z.strictObject({ kind: z.literal('missing') }),
  ...faults,
]);
export type QueryAnswer = z.infer<typeof queryAnswerSchema>;

/** The faults that creates and queries share. */
export type ApiFault = Extract<CreateAnswer, { accepts?: unknown }>;

/** What the result file does. */
export const resultAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('normal') }),
  z.strictObject({ kind: z.literal('status'), status: z.int().min(400).max(599) }),
  /** Raw, in UTF-8, whatever it is. */
  z.strictObject({ kind: z.literal('redirect'), to: z.string() }),
  /** All of it as a 206, as some servers answer whatever they are asked. */
  z.strictObject({ kind: z.literal('whole-range') }),
  /** The file behind an empty box of that type. */
  z.strictObject({
    kind: z.literal('first-box'),
    type: z.enum(['styp', 'mdat', 'free', 'skip', 'wide']),
  }),
  /** The same file, but it says that its pictures are of that codec. */
  z.strictObject({
    kind: z.literal('sample-entry'),
    type: z.enum(['hvc1', 'hev1', 'av01', 'vp09']),
  }),
  z.strictObject({ kind: z.literal('not-mp4') }),
  /** The full length is announced, half of it comes. */
  z.strictObject({ kind: z.literal('cut') }),
  z.strictObject({ kind: z.literal('slow'), ms: z.int().positive() }),
  /** Half of it comes, then nothing, and the socket stays open. */
  z.strictObject({ kind: z.literal('stall') }),
  z.strictObject({ kind: z.literal('huge'), bytes: z.int().positive() }),
  z.strictObject({ kind: z.literal('no-length') }),
]);
export type ResultAnswer = z.infer<typeof resultAnswerSchema>;

/** The address that a finished query gives: this server's, none, or any text. */
export const resultUrlSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('normal') }),
  z.strictObject({ kind: z.literal('absent') }),
  z.strictObject({ kind: z.literal('custom'), url: z.string() }),
]);
export type ResultUrl = z.infer<typeof resultUrlSchema>;

/** The number of the next task: one of the provider's usual kind, or any text, as a JSON number where it is one. */
export const taskIdSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('normal') }),
  z.strictObject({
    kind: z.literal('custom'),
    id: z.string().min(1),
    asNumber: z.boolean().optional(),
  }),
]);
export type TaskIdChoice = z.infer<typeof taskIdSchema>;
