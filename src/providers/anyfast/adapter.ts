import type { CreateOutcome, ProviderPort, QueryOutcome } from '../../app/ports/provider-port.ts';
import { createJsonClient } from '../http-json.ts';
import type { HttpResult, JsonClientOptions } from '../http-json.ts';
import { readCreate } from '../read-create.ts';
import { readQuery } from '../read-query.ts';
import { taskPath } from '../task-id.ts';
import { ANYFAST, anyfastCreateBody } from './schema.ts';

export function readAnyfastCreate(result: HttpResult, prompt = ''): CreateOutcome {
  return readCreate(result, ANYFAST, prompt);
}

export function readAnyfastQuery(result: HttpResult): QueryOutcome {
  return readQuery(result, ANYFAST);
}

/** AnyFast: a gateway of the New-API kind before ByteDance's own models. */
export function createAnyfastProvider(
  options: JsonClientOptions,
): ProviderPort & { close(): Promise<void> } {
  const client = createJsonClient(options);
  return {
    create: async (submission, signal) => {
      const body = anyfastCreateBody(submission);
      const result = await client.post('/v1/video/generations', body, signal);
      return readAnyfastCreate(result, submission.prompt);
    },
    query: async (providerTaskId, signal) => {
      const path = taskPath('/v1/video/generations/', providerTaskId);
      if (path === undefined) {
        return { kind: 'fault', fault: 'bad-response', detail: 'unusable id' };
      }
      return readAnyfastQuery(await client.get(path, signal));
    },
    close: () => client.close(),
  };
}
