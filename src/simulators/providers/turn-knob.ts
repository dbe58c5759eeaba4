import { z } from 'zod';

import {
  answerCutSchema,
  assetFateSchema,
  connectionAnswerSchema,
  createAnswerSchema,
  encodingSchema,
  listAnswerSchema,
  queryAnswerSchema,
  resultAnswerSchema,
  resultUrlSchema,
  taskIdSchema,
} from './answers.ts';
import type { Knob, ProviderKnobs } from './knob.ts';

const times = z.int().min(1).max(1000).optional();

const turnSchema = z.discriminatedUnion('knob', [
  z.strictObject({ knob: z.literal('create'), answer: createAnswerSchema, times }),
  z.strictObject({ knob: z.literal('query'), answer: queryAnswerSchema, times }),
  z.strictObject({ knob: z.literal('list'), answer: listAnswerSchema, times }),
  z.strictObject({ knob: z.literal('delete'), answer: createAnswerSchema, times }),
  z.strictObject({ knob: z.literal('models'), answer: createAnswerSchema, times }),
  z.strictObject({ knob: z.literal('upload'), answer: createAnswerSchema, times }),
  z.strictObject({ knob: z.literal('assetUpload'), answer: createAnswerSchema, times }),
  z.strictObject({ knob: z.literal('assetLook'), answer: createAnswerSchema, times }),
  z.strictObject({ knob: z.literal('asset'), answer: assetFateSchema, times }),
  z.strictObject({ knob: z.literal('result'), answer: resultAnswerSchema, times }),
  z.strictObject({ knob: z.literal('resultUrl'), answer: resultUrlSchema, times }),
  z.strictObject({ knob: z.literal('taskId'), answer: taskIdSchema, times }),
  z.strictObject({ knob: z.literal('encoding'), answer: encodingSchema, times }),
  z.strictObject({ knob: z.literal('cut'), answer: answerCutSchema, times }),
  z.strictObject({ knob: z.literal('connection'), answer: connectionAnswerSchema, times }),
  z.strictObject({ knob: z.literal('taskMs'), ms: z.number().min(0) }),
  z.strictObject({ knob: z.literal('reset') }),
]);

/**
 * Turns one knob as described by JSON: for `times` requests, or else permanently. Throws a ZodError if
 * the input is invalid.
 */
// oxlint-disable-next-line complexity -- one case per knob
export function turnKnob(knobs: ProviderKnobs, input: unknown): void {
  const turn = turnSchema.parse(input);
  switch (turn.knob) {
    case 'create':
      set(knobs.create, turn.answer, turn.times);
      break;
    case 'query':
      set(knobs.query, turn.answer, turn.times);
      break;
    case 'list':
      set(knobs.list, turn.answer, turn.times);
      break;
    case 'delete':
      set(knobs.delete, turn.answer, turn.times);
      break;
    case 'models':
      set(knobs.models, turn.answer, turn.times);
      break;
    case 'upload':
      set(knobs.upload, turn.answer, turn.times);
      break;
    case 'assetUpload':
      set(knobs.assetUpload, turn.answer, turn.times);
      break;
    case 'assetLook':
      set(knobs.assetLook, turn.answer, turn.times);
      break;
    case 'asset':
      set(knobs.asset, turn.answer, turn.times);
      break;
    case 'result':
      set(knobs.result, turn.answer, turn.times);
      break;
    case 'resultUrl':
      set(knobs.resultUrl, turn.answer, turn.times);
      break;
    case 'taskId':
      set(knobs.taskId, turn.answer, turn.times);
      break;
    case 'encoding':
      set(knobs.encoding, turn.answer, turn.times);
      break;
    case 'cut':
      set(knobs.cut, turn.answer, turn.times);
      break;
    case 'connection':
      set(knobs.connection, turn.answer, turn.times);
      break;
    case 'taskMs':
      knobs.taskMs = turn.ms;
      break;
    case 'reset':
      resetAll(knobs);
      break;
  }
}

function resetAll(knobs: ProviderKnobs): void {
  knobs.create.reset();
  knobs.query.reset();
  knobs.list.reset();
  knobs.delete.reset();
  knobs.models.reset();
  knobs.upload.reset();
  knobs.assetUpload.reset();
  knobs.assetLook.reset();
  knobs.asset.reset();
  knobs.result.reset();
  knobs.resultUrl.reset();
  knobs.taskId.reset();
  knobs.encoding.reset();
  knobs.cut.reset();
  knobs.connection.reset();
}

function set<Answer, Subject>(
  knob: Knob<Answer, Subject>,
  answer: Answer,
  count: number | undefined,
): void {
  if (count === undefined) knob.always(answer);
  else knob.next(answer, count);
}
