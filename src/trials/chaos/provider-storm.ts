import type { SimulatedProviders } from '../../simulators/providers/simulated-providers.ts';
import type {
  ConnectionAnswer,
  CreateAnswer,
  ResultAnswer,
} from '../../simulators/providers/answers.ts';
import type { ProviderName } from '../../simulators/providers/dialects.ts';
import type { RecordedRequest } from '../../simulators/providers/recorded-request.ts';
import { certainNo } from './certain-noes.ts';
import { pick } from './dice.ts';
import type { Weighted } from './dice.ts';
import { MAX_TROUBLED_REQUESTS } from './discord-storm.ts';
import type { StormDeps } from './discord-storm.ts';
import { watchDeletion } from './seen-deletions.ts';
import type { LibraryReader } from './library-reader.ts';
import { PROVIDER_NAMES } from './round-world.ts';
import type { Mirror } from './mirror.ts';
import type { Trap } from './trap.ts';
import { labelIn } from './sent-command.ts';
import { LIST_TROUBLES, DELETE_TROUBLES, refusalOfLate } from './task-call-troubles.ts';
import { MODEL_LISTS, oddCost } from './openrouter-troubles.ts';
import {
  CONNECTION_TROUBLES,
  CREATE_TROUBLES,
  ENCODINGS,
  PROVIDER_KILL_CHANCE,
  QUERY_TROUBLES,
  resultTroubles,
  resultUrlTroubles,
} from './trouble-tables.ts';
import type { CreateTrouble } from './trouble-tables.ts';

/** A switch: while it is on, every create is answered "busy", so new tasks wait. */
export interface BusySpell {
  isOn: boolean;
}

/** The first requests to a library for one medium, at which the bot may be killed. */
const MAX_LIBRARY_KILLS = 6;

/** Busy answers for one command; the bot gives up at the eighth. */
const MAX_BUSY_ANSWERS = 3;

/** How often a provider has the file of a video elsewhere. */
const MIRRORED_CHANCE = 0.3;

/** The servers of a round that are no providers. */
export interface OtherHosts {
  readonly trap: Pick<Trap, 'url' | 'hits'>;
  readonly mirror: Pick<Mirror, 'urlOf' | 'keys'>;
}

/** Stands for a label where a request is about all tasks of a provider. */
const LIST = 'list';

type ProviderStormDeps = Omit<StormDeps, 'commands' | 'posts'> & {
  readonly busySpell: BusySpell;
  readonly library: LibraryReader;
} & Parameters<typeof watchDeletion>[0];

/** Makes some of the providers' answers fail, chosen per request; returns a function that stops this. */
export function startProviderStorm(
  providers: SimulatedProviders,
  deps: ProviderStormDeps,
  { trap: { url: trap }, mirror }: OtherHosts,
): () => void {
  const requests = createRequestReader(providers, deps.library);
  const mirrored = (request: RecordedRequest): ResultAnswer => {
    const id = providers.tasks.find((task) => request.path.includes(task.id))?.id ?? '';
    const isThere = deps.dice('mirrored', requests.labelOf(request) ?? '') < MIRRORED_CHANCE;
    return isThere ? { kind: 'redirect', to: mirror.urlOf(id) } : { kind: 'normal' };
  };
  const choose = chooserOf(requests, deps);

  for (const name of PROVIDER_NAMES) {
    const { create, query, result, resultUrl, connection, encoding } = providers.knobs[name];
    connection.always(({ count }) => chooseConnection(name, count, deps));
    encoding.always(({ path }) => pick(ENCODINGS, deps.dice('encoding', path)));
    create.always((request) => chooseCreate(CREATE_TROUBLES[name], request, requests, deps));
    query.always(choose('query', QUERY_TROUBLES));
    const chooseResult = choose('result', resultTroubles(trap));
    result.always((request) => {
      const answer = chooseResult(request);
      return answer === undefined || isTrouble(answer) ? answer : mirrored(request);
    });
    resultUrl.always(choose('url', resultUrlTroubles(trap)));
  }
  stormAtOwnCalls(providers, requests, deps);
  const watch = async (request: RecordedRequest): Promise<void> => watchDeletion(deps, request);
  providers.hooks.beforeAnswer = async (request) => {
    await watch(request);
    const label = requests.labelOf(request);
    if (label === undefined) return;
    const { purpose } = request;
    const times = requests.count(`kill ${purpose}`, label);
    const roll = deps.dice('kill', purpose, label, times);
    if (roll >= PROVIDER_KILL_CHANCE[purpose]) return;
    // A medium in review is asked about all the time, and there are few kills in a round.
    if (purpose === 'library' && times >= MAX_LIBRARY_KILLS) return;
    deps.incidents.record(`${purpose}:kill`, { label });
    await deps.kill(label);
  };
  return () => {
    providers.hooks.beforeAnswer = watch;
    for (const knobs of Object.values(providers.knobs)) {
      const { create, query, list, models, result, resultUrl, connection, encoding } = knobs;
      for (const knob of [create, query, list, models, result, resultUrl, connection, encoding]) {
        knob.reset();
      }
      knobs.delete.always((request) => refusalOfLate(providers, request));
    }
  };
}

/** The calls that a single provider has: Ark's list and its cancel, OpenRouter's models and costs. */
function stormAtOwnCalls(
  providers: SimulatedProviders,
  requests: RequestReader,
  deps: ProviderStormDeps,
): void {
  const choose = chooserOf(requests, deps);
  const { ark, openrouter } = providers.knobs;
  openrouter.models.always(({ path }) => chooseModels(requests.count('models', path), deps));
  openrouter.query.always((request) => {
    const answer = choose('query', QUERY_TROUBLES)(request);
    const odd = oddCost(providers, request, deps.dice('cost', requests.labelOf(request) ?? ''));
    return answer === undefined || answer.kind === 'ok' ? (odd ?? answer) : answer;
  });
  ark.list.always(choose('list', LIST_TROUBLES));
  const chooseDelete = choose('delete', DELETE_TROUBLES);
  ark.delete.always((request) => refusalOfLate(providers, request) ?? chooseDelete(request));
}

type Choose = <Answer extends { readonly kind: string }>(
  what: string,
  table: Weighted<Answer>,
) => (request: RecordedRequest) => Answer | undefined;

function chooserOf(requests: RequestReader, deps: ProviderStormDeps): Choose {
  return (what, table) => (request) =>
    chooseFrom({ what, table, nameOf, answerOf: (answer) => answer }, request, requests, deps);
}

/** The list of models is asked for by starts. */
function chooseModels(count: number, { dice, incidents }: ProviderStormDeps): CreateAnswer {
  const { name, answer } = pick(MODEL_LISTS, dice('models', count));
  if (isTrouble(answer)) incidents.record(`models:${name}`);
  return answer;
}

/** A connection belongs to no command. */
function chooseConnection(
  provider: ProviderName,
  count: number,
  { dice, incidents }: ProviderStormDeps,
): ConnectionAnswer {
  const answer = pick(CONNECTION_TROUBLES, dice('connection', provider, count));
  if (isTrouble(answer)) incidents.record(`connection:${answer.kind}`);
  return answer;
}

interface RequestReader {
  labelOf(request: RecordedRequest): string | undefined;
  /** How many requests of a kind for one command were counted. */
  seen(what: string, label: string): number;
  /** Counts a request of a kind for one command; returns how many came before. */
  count(what: string, label: string): number;
}

function createRequestReader(providers: SimulatedProviders, library: LibraryReader): RequestReader {
  const counts = new Map<string, number>();
  const seen = (what: string, label: string): number => counts.get(`${what} ${label}`) ?? 0;
  return {
    labelOf({ purpose, body, path }) {
      if (purpose === 'create') return labelIn(body);
      if (purpose === 'list') return LIST;
      // It belongs to no command: a medium may be for several.
      if (purpose === 'library') return library.mediumOf({ body, path })?.name;
      return labelIn(providers.tasks.find(({ id }) => path.includes(id))?.clip.prompt);
    },
    seen,
    count(what, label) {
      const before = seen(what, label);
      counts.set(`${what} ${label}`, before + 1);
      return before;
    },
  };
}

/** How to answer one kind of request. */
interface Choice<Trouble, Answer> {
  readonly what: string;
  readonly table: Weighted<Trouble>;
  readonly nameOf: (trouble: Trouble) => string;
  readonly answerOf: (trouble: Trouble) => Answer;
}

function chooseFrom<Trouble, Answer extends { readonly kind: string }>(
  { what, table, nameOf: nameFor, answerOf }: Choice<Trouble, Answer>,
  request: RecordedRequest,
  requests: RequestReader,
  { dice, incidents }: ProviderStormDeps,
): Answer | undefined {
  const label = requests.labelOf(request);
  if (label === undefined) return undefined;
  const times = requests.count(what, label);
  if (times >= MAX_TROUBLED_REQUESTS) return undefined;
  const trouble = pick(table, dice(what, label, times));
  const answer = answerOf(trouble);
  if (isTrouble(answer)) incidents.record(`${what}:${nameFor(trouble)}`, { label });
  return answer;
}

function chooseCreate(
  table: Weighted<CreateTrouble>,
  request: RecordedRequest,
  requests: RequestReader,
  deps: ProviderStormDeps,
): CreateAnswer | undefined {
  const label = requests.labelOf(request);
  if (
    deps.busySpell.isOn &&
    label !== undefined &&
    requests.count('busy', label) < MAX_BUSY_ANSWERS
  ) {
    deps.incidents.record('create:busy-spell', { label });
    return { kind: 'rate-limited', retryAfterSeconds: 1 };
  }
  // What is to be cancelled in a queue that stands still has to come there.
  if (request.provider === 'ark' && deps.testbed.providers.knobs.ark.taskMs === Infinity) {
    return undefined;
  }
  const no = label === undefined ? undefined : chooseCertainNo(label, requests, deps);
  if (no !== undefined) return no;
  const choice = { what: 'create', table, nameOf: nameOfCreate, answerOf: answerOfCreate };
  return chooseFrom(choice, request, requests, deps);
}

/** Counted with the busy answers of a spell: a task makes eight creates at most. */
function chooseCertainNo(
  label: string,
  requests: RequestReader,
  { dice, incidents }: ProviderStormDeps,
): CreateAnswer | undefined {
  const no = certainNo(dice, label, requests.seen('busy', label));
  if (no === undefined) return undefined;
  requests.count('busy', label);
  incidents.record(`create:${no.name}`, { label });
  return no.answer;
}

const nameOfCreate = ({ name }: CreateTrouble): string => name;
const answerOfCreate = ({ answer }: CreateTrouble): CreateAnswer => answer;

const NORMAL_KINDS: ReadonlySet<string> = new Set(['ok', 'normal']);

function isTrouble({ kind }: { readonly kind: string }): boolean {
  return !NORMAL_KINDS.has(kind);
}

function nameOf(answer: { readonly kind: string; readonly status?: number }): string {
  return answer.status === undefined ? answer.kind : `${answer.kind}-${answer.status}`;
}
