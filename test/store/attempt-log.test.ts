import {
  appendFileSync,
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAttemptLog } from '../../src/store/attempt-log.ts';
import { attemptFilesOf, linesOfOthers } from '../../src/store/attempt-files.ts';
import { deleteDeadAttempts } from '../../src/store/delete-dead-attempts.ts';
import { openLineFile } from '../../src/store/line-file.ts';
import type { LineFile } from '../../src/store/line-file.ts';
import { recordingLog } from '../fakes/log.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const A = '1300000000000000001';
const B = '1300000000000000002';
const BOTH = new Set([A, B]);

async function openLines(path = join(temporaryFolder(), 'attempts', 'store.jsonl')) {
  const file = await openLineFile(path);
  onTestFinished(() => file.close());
  const log = recordingLog();
  return { path, file, log, lines: createAttemptLog(file, log) };
}

const attempt = (taskId: string, number: number, at = number) => ({ taskId, number, at });
const textOf = (path: string): string => readFileSync(path, 'utf8');

describe('the lines of attempts', () => {
  it('stand in the file as soon as their call resolves, for its owner alone', async () => {
    const { path, lines } = await openLines();
    await lines.attempt(attempt(A, 1));
    expect(textOf(path)).toBe(`{"kind":"attempt","at":1,"task":"${A}","number":1}\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  });

  it('are read from an instant on, whatever task they are of', async () => {
    const { path, lines } = await openLines();
    await lines.started(1, 5);
    await lines.attempt(attempt(A, 1, 10));
    await lines.attempt(attempt(B, 1, 20));
    await lines.ended(A, 25);
    appendFileSync(path, 'torn\n');
    await lines.attempt(attempt(A, 2, 30));
    expect(await lines.attemptsSince(20)).toEqual([attempt(B, 1, 20), attempt(A, 2, 30)]);
  });

  it('are read again by the next process, of the tasks that it asks for', async () => {
    const { path, file, lines } = await openLines();
    await lines.started(3, 10);
    await Promise.all([lines.attempt(attempt(A, 1)), lines.attempt(attempt(B, 1))]);
    await lines.attempt(attempt(A, 2));
    await lines.ended(A, 20);
    await file.close();
    const { lines: again } = await openLines(path);
    expect(await again.summary(new Set([A]))).toEqual({
      hasLines: true,
      starts: 3,
      since: 0,
      traces: new Map([
        [
          A,
          {
            attempts: [
              { number: 1, at: 1 },
              { number: 2, at: 2 },
            ],
            endedAt: 20,
          },
        ],
      ]),
    });
  });

  it('give the last end of a task, in whichever order they are read', async () => {
    const { lines } = await openLines();
    await lines.ended(A, 3);
    await lines.ended(A, 1);
    expect((await lines.summary(BOTH)).traces.get(A)).toEqual({ attempts: [], endedAt: 3 });
  });

  it.each([
    ['empty', ''],
    ['nothing but rubbish', 'no line\n{"kind":"attempt"}\n\0\0\0\0\n'],
    ['one line cut at its first byte', '{'],
  ])('are none where the file is %s', async (_what, text) => {
    const { path, file } = await openLines();
    await file.close();
    writeFileSync(path, text);
    const { lines } = await openLines(path);
    expect((await lines.summary(BOTH)).hasLines).toBe(false);
  });

  it('outlast a torn end, damage in their midst and lines of another version', async () => {
    const { path, lines, log, file } = await openLines();
    await lines.attempt(attempt(A, 1));
    await file.close();
    appendFileSync(
      path,
      `\0\0\0\n{"kind":"intent","at":5,"sealed":"x"}\n{"kind":"attempt","at":9,`,
    );
    const again = await openLines(path);
    await again.lines.attempt(attempt(A, 2));
    const { traces } = await again.lines.summary(BOTH);
    expect(traces.get(A)?.attempts.map(({ number }) => number)).toEqual([1, 2]);
    expect(again.log.lines).toMatchObject([{ level: 'warn', fields: { damaged: 2 } }]);
    expect(log.lines).toEqual([]);
  });

  it('that one damaged monster of a line stands between are read without it', async () => {
    const { path, lines, file } = await openLines();
    await lines.attempt(attempt(A, 1));
    await file.close();
    appendFileSync(path, `${'x'.repeat(3_000_000)}\n`);
    const { lines: again } = await openLines(path);
    await again.attempt(attempt(A, 2));
    expect((await again.summary(BOTH)).traces.get(A)?.attempts).toHaveLength(2);
  });

  it('go on after a write that failed in part', async () => {
    const { path, file } = await openLines();
    let isFull = true;
    const full: LineFile = {
      ...file,
      async append(added, isDurable) {
        if (!isFull) return file.append(added, isDurable);
        // As a full disk does it: the beginning is there, the rest is not.
        appendFileSync(path, (added[0] ?? '').slice(0, 10));
        throw new Error('ENOSPC');
      },
    };
    const lines = createAttemptLog(full, recordingLog());
    await expect(lines.attempt(attempt(A, 1))).rejects.toThrow('ENOSPC');
    isFull = false;
    await lines.attempt(attempt(A, 2));
    await file.close();
    const { lines: again } = await openLines(path);
    await again.attempt(attempt(B, 1));
    const { traces } = await again.summary(BOTH);
    expect(traces.get(B)?.attempts).toHaveLength(1);
  });

  it.skipIf(!existsSync('/dev/full'))('say that a disk takes nothing more', async () => {
    const { lines } = await openLines('/dev/full');
    await expect(lines.attempt(attempt(A, 1))).rejects.toThrow('ENOSPC');
  });
});

describe('lines that are cut', () => {
  it('keep what is young, of whatever kind, the last start, and since when they tell', async () => {
    const { path, lines } = await openLines();
    await lines.started(1, 10);
    await lines.started(2, 20);
    await lines.attempt(attempt(A, 1, 30));
    await lines.attempt(attempt(B, 1, 60));
    appendFileSync(path, '{"kind":"intent","at":70,"sealed":"x"}\nrubbish\n');
    expect(await lines.deleteBefore(50)).toBe(3);
    expect(textOf(path)).toBe(
      [
        '{"kind":"cut","at":50,"before":50}',
        '{"kind":"start","at":20,"starts":2}',
        `{"kind":"attempt","at":60,"task":"${B}","number":1}`,
        '{"kind":"intent","at":70,"sealed":"x"}',
        '',
      ].join('\n'),
    );
    expect(await lines.deleteBefore(50)).toBe(0);
    await lines.attempt(attempt(A, 2, 80));
    expect(await lines.summary(BOTH)).toMatchObject({ hasLines: true, starts: 2, since: 50 });
    expect((await lines.summary(BOTH)).traces.get(A)?.attempts).toEqual([{ number: 2, at: 80 }]);
    expect(readdirSync(join(path, '..'))).toHaveLength(1);
  });

  it('lose none that is added meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 40 }),
        async (at) => {
          const { lines, file } = await openLines();
          await lines.started(1, 0);
          await Promise.all(
            at.flatMap((instant, index) => [
              lines.attempt(attempt(A, index + 1, instant)),
              ...(index % 7 === 0 ? [lines.deleteBefore(50)] : []),
            ]),
          );
          const numbers = (await lines.summary(BOTH)).traces.get(A)?.attempts ?? [];
          const left = new Set(numbers.map(({ number }) => number));
          const young = at.flatMap((instant, index) => (instant >= 50 ? [index + 1] : []));
          expect(young.filter((number) => !left.has(number))).toEqual([]);
          await file.close();
        },
      ),
      { numRuns: 40 },
    );
  });
});

async function openInstance(dataDir: string, instance?: string) {
  const files = attemptFilesOf(dataDir, 'store', instance);
  const file = await openLineFile(files.own);
  onTestFinished(() => file.close());
  return createAttemptLog(file, recordingLog(), () => linesOfOthers(files));
}

/** Deletes what is older than 100, by the process `east`. */
async function deleteDead(dataDir: string, living: readonly string[]) {
  const files = attemptFilesOf(dataDir, 'store', 'east');
  const attemptLog = await openInstance(dataDir, 'east');
  const folders: string[] = [];
  const deleteOthers = async (instance: string): Promise<void> => void folders.push(instance);
  const deps = { files, attemptLog, living: new Set(living), deleteOthers };
  const deleted = await deleteDeadAttempts(deps, 100);
  return { deleted, folders, attemptLog };
}

const filesIn = (dataDir: string): string[] =>
  readdirSync(join(dataDir, 'attempts', 'store')).toSorted();

describe('the lines of several processes', () => {
  it('are in files of their own, and read together', async () => {
    const dataDir = temporaryFolder();
    const single = await openInstance(dataDir);
    const east = await openInstance(dataDir, 'east');
    const west = await openInstance(dataDir, 'west');
    await single.attempt(attempt(A, 1));
    await west.attempt(attempt(A, 3));
    await east.started(4, 5);
    await east.attempt(attempt(A, 2));
    await west.ended(A, 4);
    await east.attempt(attempt(B, 1, 9));
    for (const lines of [single, east, west]) {
      const { traces, ...summary } = await lines.summary(BOTH);
      expect(summary).toEqual({ hasLines: true, starts: 4, since: 0 });
      expect(
        traces
          .get(A)
          ?.attempts.map(({ number }) => number)
          .toSorted(),
      ).toEqual([1, 2, 3]);
      expect(traces.get(A)?.endedAt).toBe(4);
      expect(traces.get(B)).toEqual({ attempts: [{ number: 1, at: 9 }] });
    }
    expect(readdirSync(join(dataDir, 'attempts', 'store')).toSorted()).toEqual([
      'east.jsonl',
      'west.jsonl',
    ]);
  });

  it('are cut by each in its own file alone', async () => {
    const dataDir = temporaryFolder();
    const east = await openInstance(dataDir, 'east');
    const west = await openInstance(dataDir, 'west');
    await west.attempt(attempt(A, 1));
    await east.attempt(attempt(B, 1));
    expect(await east.deleteBefore(5)).toBe(1);
    const { traces, since } = await east.summary(BOTH);
    expect([...traces.keys(), since]).toEqual([A, 5]);
  });

  it('of one that is no more are deleted when all are too old, and what matters stays', async () => {
    const dataDir = temporaryFolder();
    const west = await openInstance(dataDir, 'west');
    await west.started(7, 5);
    await west.attempt(attempt(A, 1, 99));
    const { deleted, folders, attemptLog } = await deleteDead(dataDir, ['east']);
    expect([deleted, folders, filesIn(dataDir)]).toEqual([1, ['west'], ['east.jsonl']]);
    // A copy of the store from before is still known as one, and what it waits to send is held.
    const { starts, since } = await attemptLog.summary(BOTH);
    expect({ starts, since }).toEqual({ starts: 7, since: 100 });
    await attemptLog.deleteBefore(1000);
    expect((await attemptLog.summary(BOTH)).starts).toBe(7);
    expect((await deleteDead(dataDir, ['east'])).deleted).toBe(0);
  });

  it('of one that had the store alone before it was moved are deleted alike', async () => {
    const dataDir = temporaryFolder();
    await (await openInstance(dataDir)).started(3, 5);
    const { deleted, folders, attemptLog } = await deleteDead(dataDir, ['east']);
    expect([deleted, folders]).toEqual([1, []]);
    expect(readdirSync(join(dataDir, 'attempts'))).toEqual(['store']);
    expect((await attemptLog.summary(BOTH)).starts).toBe(3);
  });

  it.each<[string, readonly string[], number]>([
    ['lives', ['east', 'west'], 5],
    ['has a line that is young enough', ['east'], 100],
  ])('stay where the neighbour %s', async (_what, living, at) => {
    const dataDir = temporaryFolder();
    const west = await openInstance(dataDir, 'west');
    await west.started(7, 5);
    await west.attempt(attempt(A, 1, at));
    const before = readFileSync(join(dataDir, 'attempts', 'store', 'west.jsonl'), 'utf8');
    const { deleted, folders } = await deleteDead(dataDir, living);
    expect([deleted, folders]).toEqual([0, []]);
    expect(readFileSync(join(dataDir, 'attempts', 'store', 'west.jsonl'), 'utf8')).toBe(before);
  });

  it('are deleted without the videos, where a process of that name has another store', async () => {
    const dataDir = temporaryFolder();
    await (await openInstance(dataDir, 'west')).started(7, 5);
    mkdirSync(join(dataDir, 'attempts', 'other'));
    writeFileSync(join(dataDir, 'attempts', 'other', 'west.jsonl'), '');
    const { deleted, folders } = await deleteDead(dataDir, ['east']);
    expect([deleted, folders]).toEqual([1, []]);
  });

  it('go on in a new file, where one was taken for dead and lives', async () => {
    const dataDir = temporaryFolder();
    const west = await openInstance(dataDir, 'west');
    await west.started(7, 5);
    const { attemptLog } = await deleteDead(dataDir, ['east']);
    await west.attempt(attempt(A, 1, 200));
    const { traces } = await attemptLog.summary(BOTH);
    expect(traces.get(A)?.attempts).toEqual([{ number: 1, at: 200 }]);
  });
});
