import type { CreateOutcome } from '../app/ports/provider-port.ts';
import type { RouteRules } from '../domain/routes/route.ts';
import type { Submission } from '../domain/routes/submission.ts';
import type { HttpResult } from './exchange.ts';
import { parseJsonWithBigInts } from './parse-json-with-bigints.ts';
import { firstAt, nonEmptyText } from './read-answer.ts';
import { sanitizeProviderMessage } from './sanitize-message.ts';

/** No model's name is longer. */
const MAX_CHARS = 100;

/**
 * The model that the answer to a create names, if it is none of these; `undefined` if it names one of
 * them, or none.
 */
export function otherModelIn(
  result: HttpResult,
  paths: readonly string[],
  names: readonly string[],
): string | undefined {
  if (result.kind !== 'answer' || result.body.kind !== 'text') return undefined;
  const named = firstAt(parseJsonWithBigInts(result.body.text), paths, nonEmptyText);
  if (named === undefined) return undefined;
  const shown = sanitizeProviderMessage(named).slice(0, MAX_CHARS);
  const isSame = names.some((name) => name.toLowerCase() === shown.toLowerCase());
  return isSame || shown === '' ? undefined : shown;
}

/**
 * The names of a model that was sent: its own, and those by which it is billed with a resolution, as
 * `seedance2.0-mini-720p-video`.
 */
export function namesOfSent(
  model: string,
  { output }: RouteRules,
  { resolution }: Pick<Submission, 'resolution'>,
): string[] {
  const size = output.kind === 'fixed' ? output.resolution : (resolution ?? output.default);
  // Gateways answer with the name behind theirs: `sora-2` of `azure/sora-2`.
  const [inside = model] = model.split('/').slice(-1);
  return [model, inside, `${model}-${size}`, model.replace(/-video$/, `-${size}-video`)];
}

/** The outcome of a create, with the other model that its answer names. */
export function withOtherModel(outcome: CreateOutcome, otherModel: string | undefined) {
  if (outcome.kind !== 'created' || otherModel === undefined) return outcome;
  return { ...outcome, otherModel };
}
