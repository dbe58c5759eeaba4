import { z } from 'zod';
import type { Micros } from '../../domain/ledger/money.ts';
import type { Evidence } from './evidence.ts';

/** What a provider reported of what a video cost, or was billed by. */
export interface Reported {
  /** In millionths of a dollar, rounded up; of a number that is none of dollars for a video, nothing. */
  readonly cost?: Micros;
  readonly tokens?: number;
}

/**
 * What the queries of a task were answered once it was finished: as a rule the same to each. A store that
 * was put back has forgotten what was answered before, so what it was answered again counts alone.
 */
export function reportedOf(
  { providerRequests, restore }: Evidence,
  providerTaskId: string | undefined,
): Reported[] {
  const answers = providerRequests
    .filter(({ purpose, taskId }) => purpose === 'query' && taskId === providerTaskId)
    .flatMap(({ atMs, reply }) =>
      reply?.status === 200 ? readReported(reply.body).map((said) => ({ atMs, said })) : [],
    );
  const again = answers.filter(({ atMs }) => atMs >= (restore?.restoredAtMs ?? 0));
  return (again.length === 0 ? answers : again).map(({ said }) => said);
}

const usageSchema = z.looseObject({
  cost: z.unknown().optional(),
  is_byok: z.unknown().optional(),
  completion_tokens: z.number().optional(),
});

function readReported(body: string): Reported[] {
  const usage = usageIn(parsed(body));
  if (usage === undefined) return [];
  const { cost, is_byok: isFeeAlone, completion_tokens: tokens } = usage;
  const micros = isFeeAlone === true ? undefined : microsOf(cost);
  return [
    {
      ...(micros === undefined ? {} : { cost: micros }),
      ...(tokens === undefined ? {} : { tokens }),
    },
  ];
}

function parsed(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch {
    return undefined;
  }
}

/** The usage of a task, wherever in the answer it is. */
function usageIn(value: unknown): z.output<typeof usageSchema> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const own = z.looseObject({ usage: usageSchema }).safeParse(value).data?.usage;
  return (
    own ??
    Object.values(value)
      .map(usageIn)
      .find((one) => one !== undefined)
  );
}

function microsOf(cost: unknown): Micros | undefined {
  const isText = typeof cost === 'string' && /^\d+(\.\d+)?$/.test(cost);
  if (typeof cost !== 'number' && !isText) return undefined;
  const amount = Number(cost);
  if (!Number.isFinite(amount) || amount < 0) return undefined;
  return BigInt(Math.ceil(Number((amount * 1_000_000).toFixed(3))));
}
