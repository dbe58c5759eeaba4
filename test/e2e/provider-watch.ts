import type { RecordedRequest } from '../../src/simulators/providers/recorded-request.ts';
import type { Testbed } from '../../src/sandbox/testbed.ts';

type Matches = (request: RecordedRequest) => boolean;

/** Resolves when so many more matching requests have reached the providers. */
export async function nextRequests(
  { providers }: Testbed,
  matches: Matches,
  count = 1,
): Promise<RecordedRequest> {
  return new Promise((resolve) => {
    let left = count;
    const before = providers.hooks.beforeAnswer;
    providers.hooks.beforeAnswer = async (request) => {
      if (matches(request)) left -= 1;
      if (left === 0) {
        providers.hooks.beforeAnswer = before;
        resolve(request);
      }
      await before?.(request);
    };
  });
}

/** Resolves after so many further looks at tasks. */
export async function queriesFrom(testbed: Testbed, count: number): Promise<void> {
  await nextRequests(testbed, ({ purpose }) => purpose === 'query', count);
}

/**
 * Resolves when so many tasks were made and each was looked at, before which the bot has it on record.
 * They must last until then.
 */
export async function untilLookedAt(testbed: Testbed, count: number): Promise<void> {
  const lookedAt = (): string[] =>
    testbed.providers.requests.flatMap(({ purpose, taskId }) =>
      purpose === 'query' && taskId !== undefined ? [taskId] : [],
    );
  while (new Set(lookedAt()).size < count) await queriesFrom(testbed, 1);
}
