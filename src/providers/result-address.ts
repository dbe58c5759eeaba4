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
}

/** The outcome of a query with the address of the video, and whether that needs the key. */
export function withResultAddress(
  outcome: QueryOutcome,
  rules: ResultRules | undefined,
  { baseUrl, taskPath }: Place,
): QueryOutcome {
  if (outcome.kind !== 'finished' || rules === undefined) return outcome;
  const { pathAfterTask: ending } = rules;
  const resultUrl = ending === undefined ? outcome.resultUrl : `${baseUrl}${taskPath}${ending}`;
  if (resultUrl === undefined) return outcome;
  const needsKey = rules.needsKey === true && isAtServer(baseUrl, resultUrl);
  return { ...outcome, resultUrl, ...(needsKey ? { needsKey } : {}) };
}

/** Whether an address is at the configured server, below its path. */
export function isAtServer(baseUrl: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const [base, at] = [new URL(baseUrl), new URL(address)];
  const path = base.pathname.replace(/\/+$/, '');
  return at.origin === base.origin && at.pathname.startsWith(`${path}/`);
}
