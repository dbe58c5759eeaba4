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
