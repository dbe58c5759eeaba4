import type { Intent } from '../../src/app/ports/intent-log-port.ts';
import { APPLICATION_ID, MEMBER_ID } from './a-task.ts';

/** The line of one of many calls. */
export function anIntent(number: number): Intent {
  return {
    interactionId: String(1_300_000_000_000_000_000n + BigInt(number)),
    taskId: String(1_400_000_000_000_000_000n + BigInt(number)),
    applicationId: APPLICATION_ID,
    interactionToken: `token-${number}`,
    memberId: MEMBER_ID,
    language: 'zh-CN',
    at: 1000 + number,
  };
}
