import { describe, expect, it } from 'vitest';
import { aRun, findingsOf } from './clean-evidence.ts';

const GAVE_UP =
  '{"err":{"message":"another process of this database has been starting for 30000 ms"},"msg":"could not start"}';

describe('the verdict on processes', () => {
  it('takes a start that waited for others only where something made those stand still', () => {
    const runs = [aRun([GAVE_UP], 1)];
    const incidents = [{ what: 'many:stands-before-commit-for-4311-ms' }];
    expect(findingsOf({ runs, incidents })).toEqual([]);
    expect(findingsOf({ runs })).toEqual(['broken']);
  });
});
