import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { answerSchema, requestSchema } from './request.ts';
import { MAX_REQUEST_BYTES, REQUEST_STATES } from './request-box.ts';
import type { RequestBox, RequestState } from './request-box.ts';
import { errorCode } from '../../domain/error-code.ts';

const NAME = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(waiting|taken|answer)\.json$/;

/**
 * A box of files in a folder of `DATA_DIR` that only its owner can read: each state of a request is a
 * file `<id>.<state>.json`.
 */
export function createRequestFiles(dataDir: string): RequestBox {
  const folder = join(dataDir, 'holds');
  const pathOf = (id: string, state: RequestState): string => join(folder, `${id}.${state}.json`);
  return {
    async list() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const names = await readdir(folder);
      return names.flatMap((name) => {
        const [, id, found] = NAME.exec(name) ?? [];
        const state = REQUEST_STATES.find((one) => one === found);
        return id === undefined || state === undefined ? [] : [{ id, state }];
      });
    },
    async put(request) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeWhole(pathOf(request.id, 'waiting'), request);
    },
    async read(id, state) {
      const request = await readWhole(pathOf(id, state), requestSchema);
      return request?.id === id ? request : undefined;
    },
    take: async (id) => ifThere(rename(pathOf(id, 'waiting'), pathOf(id, 'taken'))),
    answer: async (id, answer) => writeWhole(pathOf(id, 'answer'), answer),
    readAnswer: async (id) => readWhole(pathOf(id, 'answer'), answerSchema),
    remove: async (id, state) => ifThere(rm(pathOf(id, state))),
  };
}

/**
 * Writes the file completely and to disk before it gets its name, so that a request that was
 * answered is not repeated.
 */
async function writeWhole(path: string, value: object): Promise<void> {
  const part = `${path}.part`;
  const file = await open(part, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(value));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
}

async function readWhole<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  let text: string;
  try {
    if ((await stat(path)).size > MAX_REQUEST_BYTES) return undefined;
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined;
    throw cause;
  }
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON, which counts as malformed.
    return undefined;
  }
}

async function ifThere(effect: Promise<void>): Promise<boolean> {
  try {
    await effect;
    return true;
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return false;
    throw cause;
  }
}
