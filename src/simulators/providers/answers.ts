import { z } from 'zod';

// Everything that a simulated provider can be made to do, as JSON: tests, the playground and the
// chaos run all turn the same knobs. Times are in milliseconds unless the name says otherwise.

const ok = z.strictObject({ kind: z.literal('ok') });
/** The correct answer, sent in small parts over `ms`. */
const slow = z.strictObject({ kind: z.literal('slow'), ms: z.int().positive() });
/** Closes the socket as soon as the headers arrive. */
const cutBeforeReading = z.strictObject({ kind: z.literal('cut-before-reading') });

/** On a create: makes the task anyway, as if only the answer was lost. Queries ignore it. */
const accepts = { accepts: z.boolean().optional() };
const faults = [
  z.strictObject({
    kind: z.literal('raw'),
    status: z.int().min(200).max(599),
    body: z.string(),
    headers: z.record(z.string(), z.string()).optional(),
    ...accepts,
  }),
  /** Does not answer until either side closes the connection. */
  z.strictObject({ kind: z.literal('hang'), ...accepts }),
  /** Reads the whole request, then closes the socket. */
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
  /** The provider's success envelope without usable content. */
  z.strictObject({ kind: z.literal('wrong-shape'), ...accepts }),
  /** Something that is no HTTP at all. */
  z.strictObject({ kind: z.literal('not-http'), ...accepts }),
] as const;

/** The answer to a create. `ok` validates and accepts; `refused` is the provider's own error envelope. */
export const createAnswerSchema = z.discriminatedUnion('kind', [
  ok,
  slow,
  cutBeforeReading,
  z.strictObject({ kind: z.literal('refused'), reason: z.string() }),
  ...faults,
]);
export type CreateAnswer = z.infer<typeof createAnswerSchema>;

/** The answer to a query. `fail` fails the task permanently; `missing` says that the task does not exist. */
export const queryAnswerSchema = z.discriminatedUnion('kind', [
  ok,
  slow,
  cutBeforeReading,
  z.strictObject({ kind: z.literal('fail'), reason: z.string() }),
  z.strictObject({ kind: z.literal('missing') }),
  ...faults,
]);
export type QueryAnswer = z.infer<typeof queryAnswerSchema>;

/** The answer to a request to a library. */
export type LibraryAnswer = CreateAnswer;

/** The answer to the deletion of a task. With `accepts`, it takes effect all the same. */
export type DeleteAnswer = CreateAnswer;

/** The answer to a request for the list of tasks. */
export const listAnswerSchema = z.discriminatedUnion('kind', [
  ...createAnswerSchema.options,
  /** Leaves out the tasks of the last `ms`. */
  z.strictObject({ kind: z.literal('late'), ms: z.int().positive() }),
  /** Has every task twice. */
  z.strictObject({ kind: z.literal('twice') }),
]);
export type ListAnswer = z.infer<typeof listAnswerSchema>;

/** What becomes of a medium in a library, decided at its upload. */
export const assetFateSchema = z.discriminatedUnion('kind', [
  /** At once if no time is given. */
  z.strictObject({ kind: z.literal('active'), afterMs: z.int().min(0).optional() }),
  /** In review for ever. */
  z.strictObject({ kind: z.literal('stuck') }),
  z.strictObject({ kind: z.literal('failed') }),
  z.strictObject({ kind: z.literal('rejected') }),
  /** Its id is answered, and never found. */
  z.strictObject({ kind: z.literal('never-there') }),
  /** Usable, and after this time not found any more. */
  z.strictObject({ kind: z.literal('vanishes'), afterMs: z.int().min(0) }),
  /** Every look at it is answered about another one. */
  z.strictObject({ kind: z.literal('anothers') }),
]);
export type AssetFate = z.infer<typeof assetFateSchema>;

/** The faults of creates and queries. */
export type ApiFault = Extract<CreateAnswer, { accepts?: unknown }>;

/** The answer to a request for a result file. */
export const resultAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('normal') }),
  z.strictObject({ kind: z.literal('status'), status: z.int().min(400).max(599) }),
  /** Sent unchanged, in UTF-8. */
  z.strictObject({ kind: z.literal('redirect'), to: z.string() }),
  /** The whole file with status 206, as some servers always answer. */
  z.strictObject({ kind: z.literal('whole-range') }),
  /** The file after an empty box of this type. */
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
  /** Announces the full length, but sends only half. */
  z.strictObject({ kind: z.literal('cut') }),
  z.strictObject({ kind: z.literal('slow'), ms: z.int().positive() }),
  /** Sends nothing at all and leaves the socket open. */
  z.strictObject({ kind: z.literal('silent') }),
  /** Sends half, then nothing, and leaves the socket open. */
  z.strictObject({ kind: z.literal('stall') }),
  z.strictObject({ kind: z.literal('huge'), bytes: z.int().positive() }),
  z.strictObject({ kind: z.literal('no-length') }),
]);
export type ResultAnswer = z.infer<typeof resultAnswerSchema>;

/** The result URL of a finished task: on this server, none, or any text. */
export const resultUrlSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('normal') }),
  z.strictObject({ kind: z.literal('absent') }),
  z.strictObject({ kind: z.literal('custom'), url: z.string() }),
]);
export type ResultUrl = z.infer<typeof resultUrlSchema>;

/** The encoding of an answer, whatever the client accepts; with `huge` answers it makes a bomb. */
export const encodingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('identity') }),
  z.strictObject({ kind: z.literal('gzip') }),
  z.strictObject({ kind: z.literal('br') }),
  z.strictObject({ kind: z.literal('deflate') }),
  /** `deflate` without its header, as some servers send it. */
  z.strictObject({ kind: z.literal('deflate-raw') }),
]);
export type Encoding = z.infer<typeof encodingSchema>;

/** Where an answer of the API is cut. */
export const answerCutSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('never') }),
  /** After so many bytes on the wire, its head included. */
  z.strictObject({ kind: z.literal('after'), bytes: z.int().min(0) }),
]);
export type AnswerCut = z.infer<typeof answerCutSchema>;

/** What becomes of a new connection, whether anything was sent over it or not. */
export const connectionAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('normal') }),
  /** Closes it in an orderly way. */
  z.strictObject({ kind: z.literal('close'), afterMs: z.number().min(0) }),
  z.strictObject({ kind: z.literal('reset'), afterMs: z.number().min(0) }),
  /** Resets it as soon as anything arrives; no request takes effect. */
  z.strictObject({ kind: z.literal('cut-at-first-byte') }),
]);
export type ConnectionAnswer = z.infer<typeof connectionAnswerSchema>;

/** The id of the next task: in the provider's format, or any text, optionally sent as a JSON number. */
export const taskIdSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('normal') }),
  z.strictObject({
    kind: z.literal('custom'),
    id: z.string().min(1),
    asNumber: z.boolean().optional(),
  }),
]);
export type TaskIdChoice = z.infer<typeof taskIdSchema>;
