import { createHash } from 'node:crypto';
import { boundedSignal } from '../../app/bounded-signal.ts';
import type { LibraryPort, LookAnswer, UploadAnswer } from '../../app/ports/library-port.ts';
import { SECOND_MS } from '../../domain/time-units.ts';
import type { Dialect } from '../dialect.ts';
import type { HttpResult } from '../exchange.ts';
import type { JsonClient } from '../http-json.ts';
import type { LibraryCalls, LibraryRequest } from './library-calls.ts';
import { readDeletion, readFind } from './read-find.ts';
import { readLook } from './read-look.ts';
import { readUpload } from './read-upload.ts';

export interface LibraryDeps {
  readonly provider: string;
  readonly apiKey: string;
  readonly client: Pick<JsonClient, 'post' | 'ask' | 'get'>;
  readonly dialect: Dialect;
}

/** The provider fetches the file before it answers; after this its answer counts as lost. */
const UPLOAD_MS = 60 * SECOND_MS;

/** Creates a library from its calls. */
export function createLibrary(calls: LibraryCalls, deps: LibraryDeps): LibraryPort {
  const { provider, apiKey } = deps;
  return {
    id: `${provider}/${calls.name}`,
    fingerprint: fingerprintOf(apiKey),
    hasGroups: calls.group !== undefined,
    takesPersons: calls.takesPersons,
    ...(calls.limits === undefined ? {} : { limits: calls.limits }),
    canFind: calls.find !== undefined,
    canDelete: calls.delete !== undefined,
    createGroup: async (name, signal) => uploadBy(calls, deps, calls.group?.(name), signal),
    upload: async (file, signal) => uploadBy(calls, deps, calls.upload(file), signal),
    look: async (asset, signal) => look(calls, deps, asset, signal),
    async find(upload, signal) {
      if (calls.find === undefined) return { kind: 'no-answer', detail: 'no list' };
      return readFind(
        await ask(deps, calls.find(upload), signal),
        calls,
        deps.dialect,
        upload.name,
      );
    },
    async delete(id, signal) {
      if (calls.delete === undefined) return { kind: 'no-answer', detail: 'no deletion' };
      return readDeletion(await ask(deps, calls.delete(id), signal), calls, deps.dialect, id);
    },
  };
}

/** Sixteen digits of a hash: enough to tell keys apart, and nothing by which one could be found. */
function fingerprintOf(apiKey: string): string {
  return createHash('sha256').update(`clapper key ${apiKey}`).digest('hex').slice(0, 16);
}

/** Sends what may be billed, once. */
async function uploadBy(
  calls: LibraryCalls,
  { client, dialect }: LibraryDeps,
  request: LibraryRequest | undefined,
  caller: AbortSignal,
): Promise<UploadAnswer> {
  if (request?.method !== 'POST') return { kind: 'not-sent', detail: 'no such call' };
  const bounded = boundedSignal([caller], { ms: UPLOAD_MS, reason: timeoutError });
  try {
    const result = await client.post(request.path, JSON.stringify(request.body), bounded.signal);
    return readUpload(result, calls, dialect);
  } finally {
    bounded.release();
  }
}

/** Asks in each way that is known until one is answered. */
async function look(
  calls: LibraryCalls,
  deps: LibraryDeps,
  asset: Parameters<LibraryPort['look']>[0],
  signal: AbortSignal,
): Promise<LookAnswer> {
  let found: LookAnswer = { kind: 'no-answer', detail: 'no such call' };
  for (const request of calls.look(asset)) {
    found = readLook(await ask(deps, request, signal), calls, deps.dialect, asset.id);
    if (found.kind !== 'no-answer') return found;
  }
  return found;
}

/** Sends what is free and may be repeated. */
async function ask(
  { client }: LibraryDeps,
  request: LibraryRequest,
  signal: AbortSignal,
): Promise<HttpResult> {
  return request.method === 'POST'
    ? client.ask(request.path, JSON.stringify(request.body), signal)
    : client.get(request.path, signal);
}

function timeoutError(): Error {
  return Object.assign(new Error('the upload timed out'), { code: 'TIMED_OUT' });
}
