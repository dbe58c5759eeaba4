import type { CreateOutcome, ProviderPort, QueryOutcome } from '../../app/ports/provider-port.ts';
import { createJsonClient } from '../http-json.ts';
import type { HttpResult, JsonClientOptions } from '../http-json.ts';
import { readCreate } from '../read-create.ts';
import { readQuery } from '../read-query.ts';
import { taskPath } from '../task-id.ts';
import { JIMMY, jimmyCreateBody } from './schema.ts';

export function readJimmyCreate(result: HttpResult, prompt = ''): CreateOutcome {
  return readCreate(result, JIMMY, prompt);
}

export function readJimmyQuery(result: HttpResult): QueryOutcome {
  return readQuery(result, JIMMY);
}

/** Jimmy AI: one address creates for every route, one tells of every task. */
export function createJimmyProvider(
  options: JsonClientOptions,
): ProviderPort & { close(): Promise<void> } {
  const client = createJsonClient(options);
  return {
    create: async (submission, signal) => {
      const body = jimmyCreateBody(submission);
      const result = await client.post('/api/open-api/v1/seedance/videos', body, signal);
      return readJimmyCreate(result, submission.prompt);
    },
    query: async (providerTaskId, signal) => {
      const path = taskPath('/api/open-api/v1/videos/', providerTaskId);
      if (path === undefined) {
        return { kind: 'fault', fault: 'bad-response', detail: 'unusable id' };
      }
      return readJimmyQuery(await client.get(path, signal));
    },
    close: () => client.close(),
  };
}
