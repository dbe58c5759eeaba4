import type { ProviderRequest } from '../../playground/protocol/panel.ts';

/** Requests that follow each other and ask the same; a run of one is a request alone. */
export type RequestRun = readonly [ProviderRequest, ...ProviderRequest[]];

/** Folds the looks at one task, so that what they lie between is in snapshot. */
export function requestRuns(requests: readonly ProviderRequest[]): readonly RequestRun[] {
  const runs: [ProviderRequest, ...ProviderRequest[]][] = [];
  for (const request of requests) {
    const run = runs.at(-1);
    if (run !== undefined && asksTheSame(run[0], request)) run.push(request);
    else runs.push([request]);
  }
  return runs;
}

function asksTheSame(one: ProviderRequest, other: ProviderRequest): boolean {
  return (
    one.purpose === 'query' &&
    other.purpose === 'query' &&
    one.path === other.path &&
    one.answer === other.answer
  );
}
