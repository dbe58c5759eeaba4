import { describe, expect, it } from 'vitest';
import { aRun, findingsOf } from './clean-evidence.ts';

const GAVE_UP =
  '{"err":{"message":"another process of this database has been starting for 30000 ms"},"msg":"could not start"}';

const STEP_BROKE = (message: string): string =>
  `{"err":{"message":"${message}"},"msg":"step of a task broke; trying again"}`;

describe('the verdict on processes', () => {
  it('takes a step that broke because the process has lost its place, and no other', () => {
    const lost = [
      'this process is no member of the database any more',
      'another process is the instance p1',
    ];
    for (const message of lost) expect(findingsOf({ lines: [STEP_BROKE(message)] })).toEqual([]);
    expect(findingsOf({ lines: [STEP_BROKE('a bug')] })).toEqual(['broken']);
  });

  it('takes a start that waited for others only where something made those stand still', () => {
    const runs = [aRun([GAVE_UP], 1)];
    const incidents = [{ what: 'many:stands-before-commit-for-4311-ms' }];
    expect(findingsOf({ runs, incidents })).toEqual([]);
    expect(findingsOf({ runs })).toEqual(['broken']);
  });
});
