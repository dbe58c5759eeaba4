import type { CreateAnswer, QueryAnswer } from '../../../src/simulators/providers/answers.ts';
import type { RecordedRequest } from '../../../src/simulators/providers/recorded-request.ts';
import type { SimulatedProviders } from '../../../src/simulators/providers/simulated-providers.ts';
import { pick } from '../../../src/trials/chaos/dice.ts';
import type { Dice, Weighted } from '../../../src/trials/chaos/dice.ts';
import { labelIn } from './made.ts';

/** How a provider answers a create, and what that says of a task. */
interface CreateTrouble {
  readonly answer: CreateAnswer;
  /** `lie`: it says no and makes the task. */
  readonly says: 'yes' | 'no' | 'unclear' | 'lie';
}

const raw = (status: number, body: object, accepts = false): CreateAnswer => ({
  kind: 'raw',
  status,
  body: JSON.stringify(body),
  accepts,
});
const LOST = { error: { code: 'do_request_failed', message: 'lost', type: 'new_api_error' } };

const CREATES: Weighted<CreateTrouble> = [
  [50, { answer: { kind: 'ok' }, says: 'yes' }],
  [4, { answer: { kind: 'cut', accepts: true }, says: 'unclear' }],
  [2, { answer: { kind: 'cut' }, says: 'unclear' }],
  [3, { answer: { kind: 'server-error', status: 502, accepts: true }, says: 'unclear' }],
  [2, { answer: { kind: 'server-error', status: 500 }, says: 'unclear' }],
  [3, { answer: raw(400, LOST, true), says: 'unclear' }],
  [2, { answer: { kind: 'not-json', accepts: true }, says: 'unclear' }],
  [2, { answer: { kind: 'wrong-shape', accepts: true }, says: 'unclear' }],
  [10, { answer: { kind: 'rate-limited', retryAfterSeconds: 1 }, says: 'no' }],
  [5, { answer: { kind: 'rate-limited', retryAfterSeconds: 60 }, says: 'no' }],
  [10, { answer: { kind: 'refused', reason: 'this channel does not take it' }, says: 'no' }],
  // Pauses the provider.
  [3, { answer: raw(401, { code: '20001', msg: 'no' }), says: 'no' }],
  [4, { answer: raw(308, {}), says: 'no' }],
];

const OF_JIMMY: Weighted<CreateTrouble> = [
  ...CREATES,
  [4, { answer: raw(200, { code: -1, msg: 'system error', data: null }, true), says: 'lie' }],
];

const QUERIES: Weighted<QueryAnswer> = [
  [80, { kind: 'ok' }],
  [8, { kind: 'fail', reason: 'the provider ended it' }],
  [5, { kind: 'cut' }],
  [5, { kind: 'server-error', status: 503 }],
  [5, { kind: 'missing' }],
];

/** A create that came to a provider. */
interface Asked {
  readonly request: RecordedRequest;
  readonly says: CreateTrouble['says'];
}

/** What the providers know, whatever the bot wrote. */
export interface ProvidersSide {
  /** In the order in which they came. */
  readonly asked: readonly Asked[];
  /** The ids of tasks that failed, which costs nothing. */
  readonly failed: ReadonlySet<string>;
}

/** Gives both providers troubles by the dice; returns what they know. */
export function troubleProviders(providers: SimulatedProviders, dice: Dice): ProvidersSide {
  const asked: Asked[] = [];
  const failed = new Set<string>();
  const counts = new Map<string, number>();
  const count = (what: string): number => {
    const before = counts.get(what) ?? 0;
    counts.set(what, before + 1);
    return before;
  };
  for (const name of ['jimmy', 'anyfast'] as const) {
    const { create, query } = providers.knobs[name];
    create.always((request) => {
      const label = labelIn(request.body) ?? '';
      const table = name === 'jimmy' ? OF_JIMMY : CREATES;
      const { answer, says } = pick(table, dice('create', label, count(`create ${label}`)));
      asked.push({ request, says });
      return answer;
    });
    query.always(({ path }) => {
      const task = providers.tasks.find(({ id }) => path.includes(id));
      const label = task?.clip.prompt ?? '';
      const answer = pick(QUERIES, dice('query', label, count(`query ${label}`)));
      if (answer.kind === 'fail' && task !== undefined) failed.add(task.id);
      return answer;
    });
  }
  return { asked, failed };
}
