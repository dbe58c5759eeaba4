import { createHash } from 'node:crypto';
import type { MediaStore } from '../../src/app/ports/media-store-port.ts';
import type { KeptMedia } from '../../src/domain/routes/kept-media.ts';

export interface MemoryMedia extends MediaStore {
  /** What is kept, by `<task>-<option>`. */
  readonly byName: Map<string, { readonly kept: KeptMedia; readonly content: Buffer }>;
  /** The ids of tasks whose media were to be deleted. */
  readonly deleted: string[];
}

const nameOf = ({ taskId, option }: Pick<KeptMedia, 'taskId' | 'option'>): string =>
  `${taskId}-${option}`;

/** Copies of media in memory. */
export function memoryMedia(): MemoryMedia {
  const byName: MemoryMedia['byName'] = new Map();
  const deleted: string[] = [];
  return {
    byName,
    deleted,
    isOn: true,
    find: async (taskId, option) => byName.get(nameOf({ taskId, option }))?.kept,
    findAll: async (taskId) =>
      [...byName.values()].flatMap(({ kept }) => (kept.taskId === taskId ? [kept] : [])),
    async read(reference) {
      const found = byName.get(nameOf(reference));
      return found?.kept.sha256 === reference.sha256 ? found.content : undefined;
    },
    async readPart(reference, { offset, length }) {
      return (await this.read(reference))?.subarray(offset, offset + length);
    },
    async keep(about, parts) {
      const chunks: Uint8Array[] = [];
      for await (const part of parts) chunks.push(part);
      const content = Buffer.concat(chunks);
      const sha256 = createHash('sha256').update(content).digest('hex');
      const kept = { ...about, sha256, bytes: content.length };
      byName.set(nameOf(about), { kept, content });
      return kept;
    },
    async delete(taskIds) {
      deleted.push(...taskIds);
      for (const [name, { kept }] of byName) if (taskIds.includes(kept.taskId)) byName.delete(name);
    },
    taskIds: async () => new Set([...byName.values()].map(({ kept }) => kept.taskId)),
  };
}
