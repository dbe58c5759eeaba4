import { z } from 'zod';

import {
  createAnswerSchema,
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
  z.strictObject({ knob: z.literal('result'), answer: resultAnswerSchema, times }),
  z.strictObject({ knob: z.literal('resultUrl'), answer: resultUrlSchema, times }),
  z.strictObject({ knob: z.literal('taskId'), answer: taskIdSchema, times }),
  z.strictObject({ knob: z.literal('taskMs'), ms: z.number().min(0) }),
  z.strictObject({ knob: z.literal('reset') }),
]);

/**
 * Turns one knob as described by JSON: for `times` requests, or else permanently. Throws a ZodError if
 * the input is invalid.
 */
export function turnKnob(knobs: ProviderKnobs, input: unknown): void {
  const turn = turnSchema.parse(input);
  switch (turn.knob) {
    case 'create':
      set(knobs.create, turn.answer, turn.times);
      break;
    case 'query':
      set(knobs.query, turn.answer, turn.times);
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
    case 'taskMs':
      knobs.taskMs = turn.ms;
      break;
    case 'reset':
      for (const knob of [knobs.create, knobs.query, knobs.result, knobs.resultUrl, knobs.taskId]) {
        knob.reset();
      }
      break;
  }
}

function set<Answer>(knob: Knob<Answer>, answer: Answer, count: number | undefined): void {
  if (count === undefined) knob.always(answer);
  else knob.next(answer, count);
}
