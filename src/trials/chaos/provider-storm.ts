import type { SimulatedProviders } from '../../simulators/providers/simulated-providers.ts';
import type { RecordedRequest } from '../../simulators/providers/recorded-request.ts';
import { pick } from './dice.ts';
import type { Weighted } from './dice.ts';
import { TROUBLED_REQUESTS } from './discord-storm.ts';
import type { StormDeps } from './discord-storm.ts';
import { labelIn } from './takes.ts';
import {
  CREATE_TROUBLES,
  PROVIDER_KILL_CHANCE,
  QUERY_TROUBLES,
  resultTroubles,
  resultUrlTroubles,
} from './trouble-tables.ts';

/** Makes the providers' answers go wrong, request by request; returns its end. */
export function startProviderStorm(
  providers: SimulatedProviders,
  deps: Omit<StormDeps, 'takes'>,
  trap: string,
): () => void {
  const { dice, incidents } = deps;
  const met = new Map<string, number>();
  const labelOf = (request: RecordedRequest): string | undefined =>
    request.purpose === 'create'
      ? labelIn(request.body)
      : labelIn(providers.tasks.find(({ id }) => request.path.includes(id))?.clip.prompt);

  const count = (what: string, label: string): number => {
    const before = met.get(`${what} ${label}`) ?? 0;
    met.set(`${what} ${label}`, before + 1);
    return before;
  };
  const chooser =
    <Answer extends { readonly kind: string }>(what: string, table: Weighted<Answer>) =>
    (request: RecordedRequest): Answer | undefined => {
      const label = labelOf(request);
      if (label === undefined) return undefined;
      const times = count(what, label);
      if (times >= TROUBLED_REQUESTS) return undefined;
      const answer = pick(table, dice(what, label, times));
      if (isTrouble(answer)) incidents.note(`${what}:${nameOf(answer)}`, label);
      return answer;
    };

  for (const { create, query, result, resultUrl } of Object.values(providers.knobs)) {
    create.always(chooser('create', CREATE_TROUBLES));
    query.always(chooser('query', QUERY_TROUBLES));
    result.always(chooser('result', resultTroubles(trap)));
    resultUrl.always(chooser('url', resultUrlTroubles(trap)));
  }
  providers.hooks.beforeAnswer = async (request) => {
    const label = labelOf(request);
    if (label === undefined) return;
    const { purpose } = request;
    const roll = dice('kill', purpose, label, count(`kill ${purpose}`, label));
    if (roll >= PROVIDER_KILL_CHANCE[purpose]) return;
    incidents.note(`${purpose}:kill`, label);
    await deps.kill();
  };
  return () => {
    providers.hooks.beforeAnswer = undefined;
    for (const { create, query, result, resultUrl } of Object.values(providers.knobs)) {
      for (const knob of [create, query, result, resultUrl]) knob.reset();
    }
  };
}

const USUAL: ReadonlySet<string> = new Set(['ok', 'normal']);

function isTrouble({ kind }: { readonly kind: string }): boolean {
  return !USUAL.has(kind);
}

function nameOf(answer: { readonly kind: string; readonly status?: number }): string {
  return answer.status === undefined ? answer.kind : `${answer.kind}-${answer.status}`;
}
