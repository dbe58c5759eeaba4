import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { backUp } from '../../backup/back-up.ts';
import type { Stage } from '../../sandbox/stage.ts';
import type { Task } from '../../domain/tasks/task.ts';
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
      else await copyFiles(stage.folder, folder, basename(storePath));
    });
    await rm(join(folder, `${basename(storePath)}-shm`), { force: true });
  }
  return { kind, folder };
}

/** Puts a copy in the place of the stopped store; resolves with the tasks that stand in it. */
export async function putBack(
  stage: Stage,
  root: string,
  { kind, folder }: StoreCopy,
): Promise<ReadonlyMap<string, Task>> {
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
  return tasks;
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
