import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { backUp } from '../../store/backup/back-up.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { attemptsKnown } from '../../domain/tasks/restored.ts';
import { readStore, storeOf, storePathOf } from './read-store.ts';
import type { CopyKind } from './evidence.ts';
import type { RoundDatabase } from './round-database.ts';
import type { Supervisor } from './supervisor.ts';

/** A copy of the bot's store. */
export interface StoreCopy {
  readonly kind: CopyKind;
  /** The copy's own folder, outside of the bot's. */
  readonly folder: string;
  /** When it was begun, in milliseconds of real time. */
  readonly atMs: number;
}

/** The folder of a copy, outside of the bot's folder, which may itself be copied. */
export const copyFolderOf = ({ folder }: Pick<Testbed, 'folder'>): string => `${folder}-copy`;

/** The suffixes of SQLite's files: the database and its write-ahead log. */
const STORE_FILES = ['', '-wal'] as const;

/** The attempt log's folder in `DATA_DIR`. */
const ATTEMPTS_FOLDER = 'attempts';

/** Copies the store of the running bot, as it is at one moment. */
export async function copyStore(
  testbed: Testbed,
  supervisor: Supervisor,
  kind: CopyKind,
): Promise<StoreCopy> {
  const folder = copyFolderOf(testbed);
  const atMs = Date.now();
  await mkdir(folder, { recursive: true });
  const storePath = storePathOf(testbed);
  if (kind === 'backup') {
    const target = join(folder, basename(storePath));
    await backUp({ store: storeOf(testbed), target, nowMs: testbed.discord.now() });
  } else {
    // Like a snapshot of the disk: nothing is written meanwhile.
    await supervisor.whileFrozen(async () => {
      if (kind === 'folder') await cp(testbed.folder, folder, { recursive: true });
      else {
        await copyFiles(testbed.folder, folder, basename(storePath));
        // Only compared later: lines written after the copy show a bot that its store is old.
        await cp(join(testbed.folder, ATTEMPTS_FOLDER), join(folder, ATTEMPTS_FOLDER), {
          recursive: true,
        });
      }
    });
    await rm(join(folder, `${basename(storePath)}-shm`), { force: true });
  }
  return { kind, folder, atMs };
}

/** The store that is replaced, and the build that knows it. */
interface Place {
  readonly testbed: Testbed;
  readonly root: string;
  readonly database: RoundDatabase | undefined;
}

/** Replaces the stopped store by a copy; resolves with the copy's tasks and what the bot can detect. */
export async function restoreStore(
  { testbed, root, database }: Place,
  { kind, folder }: StoreCopy,
): Promise<{ copied: ReadonlyMap<string, Task>; isDetectable: boolean }> {
  const storePath = storePathOf(testbed);
  const name = basename(storePath);
  if (database !== undefined) await database.restore(join(folder, name));
  else if (kind === 'folder') {
    for (const one of await readdir(testbed.folder)) {
      await rm(join(testbed.folder, one), { recursive: true });
    }
    await cp(folder, testbed.folder, { recursive: true });
  } else {
    for (const end of [...STORE_FILES, '-shm']) {
      await rm(storePath + end, { force: true });
    }
    await copyFiles(folder, testbed.folder, name);
  }
  const { tasks } = await readStore(storeOf(testbed));
  // Nothing distinguishes a snapshot of the whole folder from a restart: the operator declares it.
  if (kind === 'folder') await declareRestored(testbed, root);
  const isDetectable = kind !== 'hand' || (await isOlderThanLines(testbed.folder, folder, tasks));
  return { copied: tasks, isDetectable };
}

/** Whether a line written after the copy reports a start, or something its open tasks do not know. */
async function isOlderThanLines(
  dataDir: string,
  copyDir: string,
  copied: ReadonlyMap<string, Task>,
): Promise<boolean> {
  const open = new Map<string, Task>(
    [...copied.values()]
      .filter(({ stage }) => stage.name !== 'ended')
      .map((task) => [task.id, task]),
  );
  const before = new Set(await readLines(copyDir));
  return (await readLines(dataDir))
    .filter((line) => !before.has(line))
    .map((line) => lineSchema.parse(JSON.parse(line)))
    .some(({ kind, task, number }) => {
      const copy = open.get(task ?? '');
      if (kind === 'start' || copy === undefined) return kind === 'start';
      return kind === 'end' || (number ?? 0) > (attemptsKnown(copy.stage) ?? Infinity);
    });
}

const lineSchema = z.object({
  kind: z.string(),
  task: z.string().optional(),
  number: z.int().optional(),
});

async function readLines(folder: string): Promise<string[]> {
  const files = await readdir(join(folder, ATTEMPTS_FOLDER));
  const texts = await Promise.all(
    files.map(async (file) => readFile(join(folder, ATTEMPTS_FOLDER, file), 'utf8')),
  );
  // The last line may be incomplete after a kill.
  return texts.flatMap((text) => text.split('\n').slice(0, -1));
}

async function copyFiles(from: string, to: string, name: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const there = await readdir(from);
  for (const file of STORE_FILES.map((end) => name + end)) {
    if (there.includes(file)) await cp(join(from, file), join(to, file));
  }
}

const runProgram = promisify(execFile);

/** Runs `npm run holds -- restored`; rejects when its exit code is not 0. */
async function declareRestored({ env, folder }: Testbed, root: string): Promise<void> {
  const main = join(root, 'dist', 'src', 'holds', 'main.js');
  await runProgram(process.execPath, [main, 'restored'], { env: { ...env }, cwd: folder });
}
