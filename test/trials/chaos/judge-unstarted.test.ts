import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/trials/chaos/evidence.ts';
import { aCommand, aRun, findingsOf, videoMessage } from './clean-evidence.ts';

/** A reply without a task and without a word, from a process that was killed. */
function unsaid(crashedAfterMs: number, killedAfterMs: number): Partial<Evidence> {
  const message = videoMessage({ content: '', attachments: [] });
  const { createdAt } = message;
  const killed = { ...aRun([], 'SIGKILL'), sent: 'SIGKILL' as const };
  return {
    commands: [aCommand(message)],
    tasks: new Map(),
    records: new Map(),
    clips: [],
    messages: [],
    incidents: [
      { what: 'disturbance:crash-database', atMs: createdAt + crashedAfterMs },
      { what: 'disturbance:kill-owner' },
    ],
    runs: [{ ...killed, sentAtMs: createdAt + killedAfterMs }],
  };
}

describe('the verdict on a reply without a task or a word', () => {
  it('takes one whose line a crash lost before its process was killed', () => {
    expect(findingsOf(unsaid(-50, 1400))).toEqual([]);
  });

  it.each([
    ['crashed long after', 5000, 6000],
    ['crashed long before', -5000, 1400],
    ['went on with the process', -50, 9000],
  ])('finds one whose database %s', (_what, crashedAfterMs, killedAfterMs) => {
    expect(findingsOf(unsaid(crashedAfterMs, killedAfterMs))).toEqual(['lost']);
  });
});
