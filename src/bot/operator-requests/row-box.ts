import type { z } from 'zod';
import type { RequestRows } from '../../store/postgres/request-rows.ts';
import { MAX_REQUEST_BYTES, REQUEST_STATES } from './request-box.ts';
import type { RequestBox, RequestState } from './request-box.ts';
import { answerSchema, requestSchema } from './request.ts';

/** A box of rows in the database, where every process and the command find them. */
export function createRowBox(rows: RequestRows): RequestBox {
  const read = async <T>(
    id: string,
    state: RequestState,
    schema: z.ZodType<T>,
  ): Promise<T | undefined> => parsed(await rows.read(id, state, MAX_REQUEST_BYTES), schema);
  return {
    async list() {
      const found = await rows.list();
      return found.flatMap(({ id, state: name }) => {
        const state = REQUEST_STATES.find((one) => one === name);
        return state === undefined ? [] : [{ id, state }];
      });
    },
    put: async (request) => rows.put(request.id, 'waiting', JSON.stringify(request)),
    async read(id, state) {
      const request = await read(id, state, requestSchema);
      return request?.id === id ? request : undefined;
    },
    take: async (id) => rows.change(id, 'waiting', 'taken'),
    answer: async (id, answer) => rows.put(id, 'answer', JSON.stringify(answer)),
    readAnswer: async (id) => read(id, 'answer', answerSchema),
    remove: async (id, state) => rows.remove(id, state),
  };
}

function parsed<T>(text: string | undefined, schema: z.ZodType<T>): T | undefined {
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON, which counts as malformed.
    return undefined;
  }
}
