import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HoldAnswer, HoldActions } from '../../src/app/hold-actions.ts';
import type { Loop } from '../../src/app/loop.ts';
import { endHold } from '../../src/holds/end-hold.ts';
import { createRequestFiles } from '../../src/bot/operator-requests/request-files.ts';
import type { RequestBox, RequestState } from '../../src/bot/operator-requests/request-box.ts';
import type { OperatorRequest } from '../../src/bot/operator-requests/request.ts';
import { serveRequests } from '../../src/bot/operator-requests/serve-requests.ts';
import { TASK_ID } from '../fakes/a-task.ts';
import { fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const ID = '0b8f1c9e-0000-4000-8000-000000000001';
const STORE = '/data/clapper.sqlite';
const NOT_HELD: HoldAnswer = { kind: 'not-held' };

const aRequest = (changes: Partial<OperatorRequest> = {}): OperatorRequest => ({
  version: 1,
  id: ID,
  store: STORE,
  taskId: TASK_ID,
  end: { kind: 'release' },
  ...changes,
});

async function idsIn(box: RequestBox, state: RequestState): Promise<string[]> {
  return (await box.list()).flatMap((found) => (found.state === state ? [found.id] : []));
}

async function isOwn({ store }: OperatorRequest): Promise<boolean> {
  return store === STORE;
}

/** Runs one pass of a bot over a folder and returns what it was asked to resolve. */
function bot(dataDir: string, answers: (() => Promise<HoldAnswer>)[] = []) {
  const asked: string[] = [];
  const holds: Pick<HoldActions, 'endForOperator'> = {
    async endForOperator(_taskId, _end, requestId) {
      asked.push(requestId);
      const [next] = answers.splice(0, 1);
      return next === undefined ? NOT_HELD : next();
    },
  };
  const files = createRequestFiles(dataDir);
  const log = recordingLog();
  const pass = async (): Promise<void> => {
    const passes: Loop[] = [];
    await new Promise<void>((done) => {
      // The next wait begins when the pass is over.
      const after = (): (() => void) => {
        done();
        return () => undefined;
      };
      const clock = { ...fakeClock(), after };
      passes.push(serveRequests({ box: files, isOwn, holds, clock, log }));
    });
    await Promise.all(passes.map(async (serving) => serving.stop()));
  };
  return { asked, files, log, pass };
}

describe('a request of the operator', () => {
  it('is a file only its owner can read, carried out once, and answered', async () => {
    const dataDir = temporaryFolder();
    const { asked, files, pass } = bot(dataDir);
    await files.put(aRequest());
    const path = join(dataDir, 'holds', `${ID}.waiting.json`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'holds')).mode & 0o777).toBe(0o700);
    await pass();
    await pass();
    expect(asked).toEqual([ID]);
    expect(await files.readAnswer(ID)).toMatchObject({ isDone: false });
    expect(readdirSync(join(dataDir, 'holds'))).toEqual([`${ID}.answer.json`]);
  });

  it('is carried out by the next process if one was killed with it, or failed', async () => {
    const { asked, files, log, pass } = bot(temporaryFolder(), [
      async () => {
        throw new Error('disk full');
      },
    ]);
    await files.put(aRequest());
    await pass();
    expect(await idsIn(files, 'taken')).toEqual([ID]);
    expect(log.lines.map(({ level }) => level)).toContain('error');
    await pass();
    expect(asked).toEqual([ID, ID]);
    expect(await idsIn(files, 'taken')).toEqual([]);
    expect(await files.readAnswer(ID)).toBeDefined();
  });

  it('is left taken, for the next owner, where its server goes to another process meanwhile', async () => {
    const { asked, files, pass } = bot(temporaryFolder(), [async () => ({ kind: 'under-way' })]);
    await files.put(aRequest());
    await pass();
    expect(await idsIn(files, 'taken')).toEqual([ID]);
    expect(await files.readAnswer(ID)).toBeUndefined();
    await pass();
    expect(asked).toEqual([ID, ID]);
    expect(await files.readAnswer(ID)).toBeDefined();
  });

  it('keeps its answer for an hour of the bot’s own, whatever the time is', async () => {
    const files = createRequestFiles(temporaryFolder());
    const holds = { endForOperator: async () => NOT_HELD };
    let elapsed = 0;
    let goOn: (() => void) | undefined;
    let hasPassed: (() => void) | undefined;
    const clock = {
      ...fakeClock(),
      elapsed: () => elapsed,
      after(_ms: number, then: () => void) {
        goOn = then;
        hasPassed?.();
        return () => undefined;
      },
    };
    const pass = async (): Promise<void> =>
      new Promise((resolve) => {
        hasPassed = resolve;
        goOn?.();
      });
    await files.put(aRequest());
    const serving = serveRequests({ box: files, isOwn, holds, clock, log: recordingLog() });
    await pass();
    for (const [minutes, isThere] of [
      [0, true],
      [59, true],
      [60, false],
    ] as const) {
      elapsed = minutes * 60_000;
      await pass();
      expect((await files.readAnswer(ID)) !== undefined).toBe(isThere);
    }
    await serving.stop();
  });

  it('for another store in the same folder is left to its bot', async () => {
    const { asked, files, pass } = bot(temporaryFolder());
    await files.put(aRequest({ store: '/data/other.sqlite' }));
    await pass();
    expect(asked).toEqual([]);
    expect(await idsIn(files, 'waiting')).toEqual([ID]);
  });

  it.each([
    ['no JSON', 'settle it'],
    ['another form', '{"version":2}'],
    ['far too much', JSON.stringify({ ...aRequest(), more: 'x'.repeat(10_000) })],
    ['another’s id', JSON.stringify(aRequest({ id: ID.replace('1', '2') }))],
    ['a task without a number', JSON.stringify({ ...aRequest(), taskId: '../../x' })],
  ])('that is %s does nothing and is answered', async (_what, text) => {
    const dataDir = temporaryFolder();
    const { asked, files, pass } = bot(dataDir);
    await idsIn(files, 'waiting');
    writeFileSync(join(dataDir, 'holds', `${ID}.waiting.json`), text);
    await pass();
    expect(asked).toEqual([]);
    expect((await files.readAnswer(ID))?.text).toContain('Nothing was done');
  });
});

/** A clock on which every wait is over at once. */
function hurriedClock() {
  let at = 0;
  return {
    elapsed: () => at,
    after: (ms: number, then: () => void) => {
      at += ms;
      setImmediate(then);
      return () => undefined;
    },
  };
}

describe('the command beside a bot', () => {
  it('cancels its request if there is no answer', async () => {
    const files = createRequestFiles(temporaryFolder());
    const deps = { box: files, clock: hurriedClock(), endOnStoppedStore: async () => undefined };
    const answer = await endHold(deps, aRequest());
    expect(answer).toMatchObject({ isDone: false });
    expect(answer.text).toContain('nothing was done');
    expect(await idsIn(files, 'waiting')).toEqual([]);
  });

  it('says that the bot has the request if it was taken and not answered', async () => {
    const files = createRequestFiles(temporaryFolder());
    const taking = {
      ...files,
      put: async (request: OperatorRequest) => {
        await files.put(request);
        await files.take(request.id);
      },
    };
    const deps = { box: taking, clock: hurriedClock(), endOnStoppedStore: async () => undefined };
    expect((await endHold(deps, aRequest())).text).toContain('has not answered yet');
    expect(await idsIn(files, 'taken')).toEqual([ID]);
  });

  it('does it itself if the bot stops meanwhile, and leaves nothing for the next one', async () => {
    const files = createRequestFiles(temporaryFolder());
    const stopped: (HoldAnswer | undefined)[] = [undefined, undefined, NOT_HELD];
    const deps = {
      box: files,
      clock: hurriedClock(),
      endOnStoppedStore: async () => stopped.shift(),
    };
    expect((await endHold(deps, aRequest())).text).toContain('no unconfirmed charge');
    expect(await idsIn(files, 'waiting')).toEqual([]);
    expect(stopped).toEqual([]);
  });
});
