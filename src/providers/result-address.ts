import type { QueryOutcome } from '../app/ports/provider-port.ts';

/** How a finished video is had from a provider that gives no public address of it. */
export interface ResultRules {
  /** What follows the task's own path where its video is; absent if the answer has the address. */
  readonly pathAfterTask?: string;
  /** Whether videos at the configured server are fetched with the key, which goes nowhere else. */
  readonly needsKey?: true;
}

/** Where the provider is, and where it was asked for the task. */
interface Place {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly taskPath: string;
  /** Whether a key is configured for it. */
  readonly hasKey: boolean;
}

/**
 * The outcome of a query with the address of the video, complete, and whether that needs the key.
 * An address in the answer may be one at the configured server alone, without its origin.
 */
export function withResultAddress(
  outcome: QueryOutcome,
  rules: ResultRules | undefined,
  { baseUrl, taskPath, hasKey }: Place,
): QueryOutcome {
  if (outcome.kind !== 'finished' || rules === undefined) return outcome;
  const { pathAfterTask: ending } = rules;
  const resultUrl =
    ending === undefined
      ? completeAddress(baseUrl, outcome.resultUrl)
      : `${baseUrl}${taskPath}${ending}`;
  if (resultUrl === undefined) return outcome;
  const needsKey = rules.needsKey === true && hasKey && isAtServer(baseUrl, resultUrl);
  return { ...outcome, resultUrl, ...(needsKey ? { needsKey } : {}) };
}

/** An absolute address stays as it was written. */
function completeAddress(baseUrl: string, address: string | undefined): string | undefined {
  return address?.startsWith('/') === true ? new URL(address, baseUrl).href : address;
}

/** Whether an address is at the configured server. */
export function isAtServer(baseUrl: string, address: string): boolean {
  return URL.canParse(address) && new URL(address).origin === new URL(baseUrl).origin;
}
