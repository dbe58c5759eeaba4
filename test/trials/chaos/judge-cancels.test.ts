import { describe, expect, it } from 'vitest';
import { planOf } from '../../../src/domain/tasks/plan.ts';
import type { RecordedRequest } from '../../../src/simulators/providers/recorded-request.ts';
import type { Evidence } from '../../../src/trials/chaos/evidence.ts';
import { judgeCancels } from '../../../src/trials/chaos/judge-cancels.ts';
import { judgeCreates } from '../../../src/trials/chaos/judge-creates.ts';
import { SETTINGS, ended } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import { aClip, aCommand, anAnswer, cleanEvidence, deliveredTask } from './clean-evidence.ts';

const queued = (atMs: number): RecordedRequest => anAnswer({ status: 'queued' }, { atMs });
const cancel = (atMs: number): RecordedRequest => anAnswer({}, { purpose: 'delete', atMs });
const CLICKED = { what: 'cancel:clicked', label: aCommand(null).label };

function found(providerRequests: RecordedRequest[], incidents: Evidence['incidents']): string[] {
  return judgeCancels(cleanEvidence({ providerRequests, incidents })).map(({ kind }) => kind);
}

describe('the verdict on what providers were asked to cancel', () => {
  it('takes what was queued a moment before, as often as somebody wanted it', () => {
    expect(found([queued(NOON), cancel(NOON + 4000)], [CLICKED])).toEqual([]);
  });

  it.each([
    ['what was queued too long ago', [queued(NOON), cancel(NOON + 9000)], [CLICKED]],
    ['what was said to be queued afterwards', [cancel(NOON), queued(NOON + 1)], [CLICKED]],
    ['what had begun', [anAnswer({ status: 'running' }), cancel(NOON)], [CLICKED]],
    ['what nobody wanted', [queued(NOON), cancel(NOON)], []],
    ['a second cancel for one click', [queued(NOON), cancel(NOON), cancel(NOON)], [CLICKED]],
  ])('finds %s', (_what, requests, incidents) => {
    expect(found(requests, incidents)).toEqual(['let-through']);
  });

  it('finds an end as cancelled of what its provider makes', () => {
    const task = deliveredTask({
      plan: planOf({ ...SETTINGS, quote: { kind: 'unknown' } }),
      stage: ended({ kind: 'cancelled', isAtProvider: true }, { providerTaskId: 'p-1' }),
      money: { state: 'released', assumed: false },
    });
    const tasks = new Map([[task.interactionId, task]]);
    const kinds = (ending?: 'cancelled'): string[] =>
      judgeCreates(
        cleanEvidence({ tasks, clips: [aClip(ending === undefined ? {} : { ending })] }),
      ).map(({ kind }) => kind);
    expect(kinds('cancelled')).toEqual([]);
    expect(kinds()).toEqual(['off']);
  });
});
