import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { backUp } from '../../backup/back-up.ts';
import type { Stage } from '../../sandbox/stage.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { attemptsKnown } from '../../domain/tasks/restored.ts';
import { readStore, storePathOf } from './evidence.ts';
import type { CopyKind } from './evidence.ts';
import type { Supervisor } from './supervisor.ts';

export interface StoreCopy {
  readonly kind: CopyKind;
  /** A folder of its own, outside of the bot's. */
  readonly folder: string;
}

/** Not in the bot's own folder, which is copied. */
export const copyFolderOf = ({ folder }: Pick<Stage, 'folder'>): string => `${folder}-copy`;

/** What SQLite has of a store: the file, and what was written last beside it. */
const STORE_FILES = ['', '-wal'] as const;

/** Where a store's lines of attempts are, in `DATA_DIR`. */
const LINES = 'attempts';

/** Copies the store of the running bot, as it is at one moment. */
export async function copyStore(
  stage: Stage,
  supervisor: Supervisor,
  kind: CopyKind,
): Promise<StoreCopy> {
  const folder = copyFolderOf(stage);
  await mkdir(folder, { recursive: true });
  const storePath = storePathOf(stage);
  if (kind === 'backup') {
    const target = join(folder, basename(storePath));
    await backUp({ storePath, target, nowMs: stage.discord.now() });
  } else {
    // As a snapshot of the disk sees it: nothing is written meanwhile.
    await supervisor.whileFrozen(async () => {
      if (kind === 'folder') await cp(stage.folder, folder, { recursive: true });
      else {
        await copyFiles(stage.folder, folder, basename(storePath));
        // Never put back: what was written after it is what tells a bot that its store is old.
        await cp(join(stage.folder, LINES), join(folder, LINES), { recursive: true });
      }
    });
    await rm(join(folder, `${basename(storePath)}-shm`), { force: true });
  }
  return { kind, folder };
}

/** Puts a copy in the place of the stopped store; resolves with what the bot can find there. */
export async function putBack(
  stage: Stage,
  root: string,
  { kind, folder }: StoreCopy,
): Promise<{ copied: ReadonlyMap<string, Task>; isTold: boolean }> {
  const storePath = storePathOf(stage);
  const name = basename(storePath);
  if (kind === 'folder') {
    for (const one of await readdir(stage.folder)) {
      await rm(join(stage.folder, one), { recursive: true });
    }
    await cp(folder, stage.folder, { recursive: true });
  } else {
    for (const end of [...STORE_FILES, '-shm']) {
      await rm(storePath + end, { force: true });
    }
    await copyFiles(folder, stage.folder, name);
  }
  const { tasks } = await readStore(storePath);
  // Nothing in it can tell a snapshot of the whole folder from a restart: its operator says it.
  if (kind === 'folder') await sayRestored(stage, root);
  const isTold = kind !== 'hand' || (await isOlderThanLines(stage.folder, folder, tasks));
  return { copied: tasks, isTold };
}

/** Whether lines were written after the copy that tell of a start, or of more than its open tasks know. */
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
  const files = await readdir(join(folder, LINES));
  const texts = await Promise.all(
    files.map(async (file) => readFile(join(folder, LINES, file), 'utf8')),
  );
  // What a kill left half written at the end tells nothing.
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

/** Rejects where `npm run holds -- restored` ends with anything but 0. */
async function sayRestored({ env, folder }: Stage, root: string): Promise<void> {
  const main = join(root, 'dist', 'src', 'holds', 'main.js');
  await runProgram(process.execPath, [main, 'restored'], { env: { ...env }, cwd: folder });
}
