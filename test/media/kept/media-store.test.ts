import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aMediaStore, idOf, parts, picture } from './kept-media.ts';

const CONTENT = Buffer.from('a picture of a paper boat');
const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

describe('a copy', () => {
  it.each([0, 1, 262_143, 262_144, 262_145, 1_000_000])('of %i bytes is read again', async (n) => {
    const { store } = await aMediaStore();
    const content = randomBytes(n);
    const kept = await store.keep(
      picture(1),
      parts(content.subarray(0, n / 3), content.subarray(n / 3)),
    );
    expect(kept).toEqual({ ...picture(1), sha256: sha256(content), bytes: n });
    await expect(store.find(idOf(1), 'image1')).resolves.toEqual(kept);
    await expect(store.read({ ...picture(1), sha256: sha256(content) })).resolves.toEqual(content);
  });

  it('is read in parts, across its chunks and up to its end', async () => {
    const { store } = await aMediaStore();
    const content = randomBytes(600_000);
    const kept = await store.keep(picture(1), parts(content));
    const reference = { ...picture(1), sha256: sha256(content) };
    for (const [offset, length] of [
      [0, 16],
      [262_140, 10],
      [262_144, 300_000],
      [599_990, 100],
      [600_000, 10],
      [900_000, 10],
    ] as const) {
      const part = content.subarray(offset, offset + length);
      expect(await store.readPart(reference, { offset, length })).toEqual(part);
    }
    const other = { ...reference, sha256: sha256(CONTENT) };
    await expect(store.readPart(other, { offset: 0, length: 1 })).resolves.toBeUndefined();
    expect(kept).toBeDefined();
    await store.delete([idOf(1)]);
    await expect(store.readPart(reference, { offset: 0, length: 1 })).resolves.toBeUndefined();
  });

  it('is found by a process that starts later', async () => {
    const first = await aMediaStore();
    await first.store.keep(picture(1), parts(CONTENT));
    await first.store.keep(picture(1, 'last_clip_frame'), parts(CONTENT));
    const { store } = await aMediaStore({ folder: first.folder });
    const found = await store.findAll(idOf(1));
    expect(found.map(({ option }) => option).toSorted()).toEqual(['image1', 'last_clip_frame']);
    await expect(store.taskIds()).resolves.toEqual(new Set([idOf(1)]));
  });

  it('is sealed: neither its content nor its name can be read on the disk', async () => {
    const { store, folder } = await aMediaStore();
    await store.keep({ ...picture(1), filename: 'me at the beach.png' }, parts(CONTENT));
    const [name = ''] = readdirSync(folder);
    const stored = readFileSync(join(folder, name));
    expect(stored.includes('paper boat')).toBe(false);
    expect(stored.includes('beach')).toBe(false);
    expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it('is not the one referred to if it was replaced', async () => {
    const { store } = await aMediaStore();
    await store.keep(picture(1), parts(CONTENT));
    await store.keep(picture(1), parts(Buffer.from('another')));
    await expect(store.read({ ...picture(1), sha256: sha256(CONTENT) })).resolves.toBeUndefined();
    await expect(store.taskIds()).resolves.toHaveProperty('size', 1);
  });
});

describe('a file that cannot be opened counts as gone', () => {
  const reference = { ...picture(1), sha256: sha256(CONTENT) };

  it('sealed with another key', async () => {
    const { store, folder } = await aMediaStore();
    await store.keep(picture(1), parts(CONTENT));
    const { store: other } = await aMediaStore({ folder, key: randomBytes(32) });
    await expect(other.find(idOf(1), 'image1')).resolves.toBeUndefined();
    await expect(other.read(reference)).resolves.toBeUndefined();
  });

  it('moved to another task or option', async () => {
    const { store, folder } = await aMediaStore();
    await store.keep(picture(1), parts(CONTENT));
    renameSync(join(folder, `${idOf(1)}-image1.kept`), join(folder, `${idOf(2)}-image1.kept`));
    await expect(store.find(idOf(2), 'image1')).resolves.toBeUndefined();
  });

  it('damaged at any byte, or cut', async () => {
    const { store, folder } = await aMediaStore();
    await store.keep(picture(1), parts(CONTENT));
    const path = join(folder, `${idOf(1)}-image1.kept`);
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += 17) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
      writeFileSync(path, damaged);
      expect(await store.read(reference), `byte ${at}`).toBeUndefined();
      writeFileSync(path, whole.subarray(0, at));
      expect(await store.read(reference), `cut at ${at}`).toBeUndefined();
    }
    writeFileSync(path, whole);
    await expect(store.read(reference)).resolves.toEqual(CONTENT);
  });
});

describe('the room', () => {
  it('is made by the oldest tasks, in the order of their ids', async () => {
    const { store } = await aMediaStore({ maxBytes: 4000 });
    for (const number of [3, 1, 2]) await store.keep(picture(number), parts(randomBytes(1000)));
    await store.keep(picture(4), parts(randomBytes(1000)));
    await expect(store.taskIds()).resolves.toEqual(new Set([2, 3, 4].map(idOf)));
    // The next one may be the oldest: it stays.
    await store.keep(picture(0), parts(randomBytes(1000)));
    await expect(store.taskIds()).resolves.toEqual(new Set([0, 3, 4].map(idOf)));
  });

  it('is not given to what is larger than all of it', async () => {
    const { store, folder } = await aMediaStore({ maxBytes: 4000 });
    await store.keep(picture(1), parts(CONTENT));
    await expect(store.keep(picture(2), parts(randomBytes(5000)))).resolves.toBeUndefined();
    expect(readdirSync(folder)).toEqual([`${idOf(1)}-image1.kept`]);
  });

  it('is made at a start with a lower limit, and all of it where nothing is to be kept', async () => {
    const { store, folder } = await aMediaStore();
    for (const number of [1, 2, 3]) await store.keep(picture(number), parts(randomBytes(1000)));
    const smaller = await aMediaStore({ folder, maxBytes: 3000 });
    await expect(smaller.store.taskIds()).resolves.toEqual(new Set([2, 3].map(idOf)));
    const none = await aMediaStore({ folder, maxBytes: 0 });
    expect(none.store.isOn).toBe(false);
    await expect(none.store.taskIds()).resolves.toEqual(new Set());
    await expect(none.store.keep(picture(4), parts(CONTENT))).resolves.toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });
});

it('nothing is removed at a start until the time is known', async () => {
  const { store, folder } = await aMediaStore();
  await store.keep(picture(1), parts(CONTENT));
  writeFileSync(join(folder, `${idOf(2)}-image1.kept.0a1b2c.part`), 'half');
  const before = readdirSync(folder);
  const waiting: (() => void)[] = [];
  const clock = { now: () => 0, onceKnown: (then: () => void) => void waiting.push(then) };
  const later = await aMediaStore({ folder, maxBytes: 0, clock });
  await later.store.taskIds();
  expect(readdirSync(folder)).toEqual(before);
  for (const then of waiting) then();
  await expect.poll(() => readdirSync(folder)).toEqual([]);
});

describe('what a killed process leaves', () => {
  it('is removed by the next start, and files of others are left alone', async () => {
    const { store, folder } = await aMediaStore();
    await store.keep(picture(1), parts(CONTENT));
    const strangers = ['notes.txt', '12-x.kept', `${idOf(1)}-image1.kept.part.txt`];
    for (const name of strangers) writeFileSync(join(folder, name), 'x');
    writeFileSync(join(folder, `${idOf(2)}-image1.kept.0a1b2c.part`), 'half');
    const again = await aMediaStore({ folder });
    await expect(again.store.taskIds()).resolves.toEqual(new Set([idOf(1)]));
    expect(readdirSync(folder).toSorted()).toEqual(
      [...strangers, `${idOf(1)}-image1.kept`].toSorted(),
    );
  });
});

describe('deleting', () => {
  it('takes everything of a task, and nothing of another', async () => {
    const { store, folder } = await aMediaStore();
    await store.keep(picture(1), parts(CONTENT));
    await store.keep(picture(1, 'image2'), parts(CONTENT));
    await store.keep(picture(2), parts(CONTENT));
    await store.delete([idOf(1), idOf(9)]);
    expect(readdirSync(folder)).toEqual([`${idOf(2)}-image1.kept`]);
  });

  it('takes also what is being written', async () => {
    const { store, folder } = await aMediaStore();
    async function* deletedMeanwhile(): AsyncGenerator<Uint8Array> {
      yield CONTENT;
      await store.delete([idOf(1)]);
      yield CONTENT;
    }
    const keeping = store.keep(picture(1), deletedMeanwhile());
    await expect(keeping).resolves.toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });
});

async function* breaking(): AsyncGenerator<Uint8Array> {
  yield CONTENT;
  throw new Error('cut');
}

describe('a fault', () => {
  it('of the source leaves nothing behind', async () => {
    const { store, folder } = await aMediaStore();
    await expect(store.keep(picture(1), breaking())).rejects.toThrow('cut');
    expect(readdirSync(folder)).toEqual([]);
    await expect(store.find(idOf(1), 'image1')).resolves.toBeUndefined();
  });

  it('of the folder costs the copies alone, and is said once', async () => {
    const { folder } = await aMediaStore();
    mkdirSync(join(folder, '..'), { recursive: true });
    writeFileSync(`${folder}-file`, 'no folder');
    const { store, log } = await aMediaStore({ folder: `${folder}-file` });
    await expect(store.keep(picture(1), parts(CONTENT))).rejects.toThrow(/EEXIST|ENOTDIR/);
    await expect(store.find(idOf(1), 'image1')).resolves.toBeUndefined();
    await expect(store.delete([idOf(1)])).resolves.toBeUndefined();
    expect(log.lines.filter(({ message }) => message.includes('cannot be used'))).toHaveLength(1);
  });
});

async function twoStores(maxBytes?: number) {
  const east = await aMediaStore({ isShared: true, ...(maxBytes && { maxBytes }) });
  const west = await aMediaStore({
    folder: east.folder,
    isShared: true,
    ...(maxBytes && { maxBytes }),
  });
  return { folder: east.folder, east: east.store, west: west.store };
}

describe('of several processes that share a folder', () => {
  it('each deletes what the others have kept', async () => {
    const { east, west, folder } = await twoStores();
    await east.taskIds();
    await west.keep(picture(1), parts(CONTENT));
    await expect(east.findAll(idOf(1))).resolves.toHaveLength(1);
    await west.keep(picture(2), parts(CONTENT));
    await east.delete([idOf(1), idOf(2)]);
    expect(readdirSync(folder)).toEqual([]);
    await expect(west.taskIds()).resolves.toEqual(new Set());
  });

  it('all together take the room of one', async () => {
    const { east, west, folder } = await twoStores(2_500);
    for (let number = 1; number <= 6; number += 1) {
      const store = number % 2 === 0 ? east : west;
      await store.keep(picture(number), parts(randomBytes(500)));
    }
    const bytes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(2_500);
    await expect(east.taskIds()).resolves.toContain(idOf(6));
  });

  it('none removes what another one is writing', async () => {
    const { west, folder } = await twoStores();
    let goOn: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let isReading: (() => void) | undefined;
    const reading = new Promise<void>((resolve) => {
      isReading = resolve;
    });
    async function* slowly(): AsyncGenerator<Uint8Array> {
      isReading?.();
      await gate;
      yield CONTENT;
    }
    const kept = west.keep(picture(1), slowly());
    await reading;
    const { store: south } = await aMediaStore({ folder, isShared: true });
    await south.taskIds();
    goOn?.();
    await expect(kept).resolves.toBeDefined();
    await expect(south.find(idOf(1), 'image1')).resolves.toBeDefined();
  });
});
