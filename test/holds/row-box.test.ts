import { afterAll, expect, it } from 'vitest';
import type { HoldAnswer } from '../../src/app/hold-actions.ts';
import { createRowBox } from '../../src/bot/operator-requests/row-box.ts';
import type { OperatorRequest } from '../../src/bot/operator-requests/request.ts';
import { serveRequests } from '../../src/bot/operator-requests/serve-requests.ts';
import { endHold } from '../../src/holds/end-hold.ts';
import { systemClock } from '../../src/app/system-clock.ts';
import { createRequestRows } from '../../src/store/postgres/request-rows.ts';
import { REQUEST_TABLE } from '../../src/store/postgres/request-table.ts';
import { connectTool } from '../../src/store/postgres/tool-connection.ts';
import { TASK_ID } from '../fakes/a-task.ts';
import { recordingLog } from '../fakes/log.ts';
import { describeOnPostgres } from '../fakes/on-postgres.ts';

const ID = '0b8f1c9e-0000-4000-8000-000000000001';
const REQUEST: OperatorRequest = {
  version: 1,
  id: ID,
  store: 'postgres:one',
  taskId: TASK_ID,
  end: { kind: 'release' },
};
const ANSWER = { isDone: true, text: 'done' };

describeOnPostgres('requests of the operator in a database', (cluster) => {
  const closing: (() => Promise<void>)[] = [];
  afterAll(async () => {
    await Promise.all(closing.map(async (close) => close()));
  });

  /** Boxes on connections of their own, as of a command and of several processes. */
  const boxes = async (count: number) => {
    const url = await cluster.createDatabase();
    const connections = await Promise.all(
      Array.from({ length: count }, async () => connectTool(url)),
    );
    closing.push(...connections.map(({ close }) => close));
    const asked = connections.map(({ ask }) => ask);
    await asked[0]?.(REQUEST_TABLE);
    return asked.map((ask) => ({ ask, box: createRowBox(createRequestRows(ask)) }));
  };

  it('are taken by one process, and answered', async () => {
    const [command, one, other] = await boxes(3);
    if (command === undefined || one === undefined || other === undefined) throw new Error('none');
    await command.box.put(REQUEST);
    expect(await one.box.read(ID, 'waiting')).toEqual(REQUEST);
    expect(await one.box.read(ID, 'taken')).toBeUndefined();
    const taken = await Promise.all([one.box.take(ID), other.box.take(ID)]);
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await command.box.remove(ID, 'waiting')).toBe(false);
    expect(await other.box.list()).toEqual([{ id: ID, state: 'taken' }]);
    await one.box.answer(ID, { ...ANSWER, text: 'before' });
    await one.box.answer(ID, ANSWER);
    expect(await command.box.readAnswer(ID)).toEqual(ANSWER);
    expect(await one.box.remove(ID, 'taken')).toBe(true);
    expect(await command.box.remove(ID, 'answer')).toBe(true);
    expect(await command.box.list()).toEqual([]);
  });

  it.each([
    ['no JSON', 'settle it'],
    ['another form', '{"version":2}'],
    ['far too much', JSON.stringify({ ...REQUEST, more: 'x'.repeat(10_000) })],
    ['another’s id', JSON.stringify({ ...REQUEST, id: ID.replace('1', '2') })],
  ])('that are %s are none', async (_what, body) => {
    const [one] = await boxes(1);
    await one?.ask("INSERT INTO operator_request VALUES ($1, 'waiting', $2)", [ID, body]);
    expect(await one?.box.read(ID, 'waiting')).toBeUndefined();
  });

  it('are carried out once, by the process whose they are, for the command that waits', async () => {
    const [command, one, other] = await boxes(3);
    if (command === undefined || one === undefined || other === undefined) throw new Error('none');
    const asked: string[] = [];
    const serve = (name: string, { box }: typeof one) =>
      serveRequests({
        box,
        isOwn: async () => name === 'one',
        holds: {
          async endForOperator(): Promise<HoldAnswer> {
            asked.push(name);
            return { kind: 'not-held' };
          },
        },
        clock: systemClock,
        log: recordingLog(),
      });
    const loops = [serve('other', other), serve('one', one)];
    const deps = { box: command.box, endOnStoppedStore: async () => undefined, clock: systemClock };
    const answer = await endHold(deps, REQUEST);
    expect(answer.text).toContain('no unconfirmed charge');
    await Promise.all(loops.map(async (loop) => loop.stop()));
    expect(asked).toEqual(['one']);
    expect(await command.box.list()).toEqual([]);
  });
});
