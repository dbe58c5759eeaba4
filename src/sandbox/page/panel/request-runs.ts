import type { ProviderRequest } from '../../playground/protocol/panel.ts';

/** Consecutive equal polls of one task, or a single request. */
export type RequestRun = readonly [ProviderRequest, ...ProviderRequest[]];

/** Groups consecutive equal polls of one task, so that they do not hide other requests. */
export function requestRuns(requests: readonly ProviderRequest[]): readonly RequestRun[] {
  const runs: [ProviderRequest, ...ProviderRequest[]][] = [];
  for (const request of requests) {
    const run = runs.at(-1);
    if (run !== undefined && isSamePoll(run[0], request)) run.push(request);
    else runs.push([request]);
  }
  return runs;
}

function isSamePoll(one: ProviderRequest, other: ProviderRequest): boolean {
  return (
    one.purpose === 'query' &&
    other.purpose === 'query' &&
    one.path === other.path &&
    one.answer === other.answer
  );
}
