import { describe, expect, it } from 'vitest';
import { toSubmission } from '../../../src/domain/routes/submission.ts';
import { isReadable, promptOf, submissionOf } from '../../../src/domain/tasks/task-request.ts';
import { routeOf } from '../../fakes/catalogue.ts';
import { aRequest, media } from '../../fakes/a-request.ts';
import { SETTINGS, aSubmission, aTask } from '../../fakes/a-task.ts';

const route = routeOf('jimmy/seedance2.0-sp');

describe('what is sent for a task', () => {
  it('is made from its request as it was when it was priced', () => {
    const request = aRequest({ ratio: '1:1', media: media(['image1', 'video1']) });
    const task = aTask({ secrets: { request } });
    expect(submissionOf(task, route)).toEqual(toSubmission(route, request));
  });

  it('is as long as it was priced, should the default of its route be another one since', () => {
    const settings = { ...SETTINGS, durationSeconds: 7 };
    const task = aTask({ settings, secrets: { request: aRequest() } });
    expect(submissionOf(task, route)?.durationSeconds).toBe(7);
  });

  it('of schema 1 is what was kept in place of the request', () => {
    const submission = aSubmission({ prompt: 'an old boat' });
    const task = aTask({ secrets: { submission } });
    expect(submissionOf(task, route)).toBe(submission);
    expect([isReadable(task), promptOf(task)]).toEqual([true, 'an old boat']);
  });

  it('is not known where the key was lost', () => {
    const task = aTask({ secrets: {} });
    expect(submissionOf(task, route)).toBeUndefined();
    expect([isReadable(task), promptOf(task)]).toEqual([false, undefined]);
  });
});
