import type {
  CreateAnswer,
  QueryAnswer,
  ResultAnswer,
  ResultUrl,
  TaskIdChoice,
} from './answers.ts';
import type { RecordedRequest } from './recorded-request.ts';

/** Chooses by the request, or leaves it at the usual answer with undefined. */
type Chooser<Answer> = (request: RecordedRequest) => Answer | undefined;

/** One adjustable behaviour: a standing answer, and one-shot answers that go first. */
export interface Knob<Answer> {
  /** From now on, where no one-shot answer waits. */
  readonly always: (answer: Answer | Chooser<Answer>) => void;
  /** For the next `times` requests; calls queue up. */
  readonly next: (answer: Answer, times?: number) => void;
  /** Back to the usual answer, with nothing queued. */
  readonly reset: () => void;
  /** Uses up the answer for this request. */
  readonly take: (request: RecordedRequest) => Answer;
  /** The answer that would be next, if it does not depend on the request. */
  readonly peek: () => Answer | undefined;
  /** How many one-shot answers wait. */
  readonly waiting: () => number;
}

/** All that can be adjusted on one provider, at any time. */
export interface ProviderKnobs {
  readonly create: Knob<CreateAnswer>;
  readonly query: Knob<QueryAnswer>;
  readonly result: Knob<ResultAnswer>;
  readonly resultUrl: Knob<ResultUrl>;
  readonly taskId: Knob<TaskIdChoice>;
  /** How long every task takes, unfinished ones included; Infinity until somebody lowers it. */
  taskMs: number;
}

/** A knob that stands at `usual`. */
function createKnob<Answer extends object>(usual: Answer): Knob<Answer> {
  const queue: Answer[] = [];
  let standing: Answer | Chooser<Answer> = usual;
  return {
    always: (answer) => {
      standing = answer;
    },
    next: (answer, times = 1) => {
      for (let time = 0; time < times; time += 1) queue.push(answer);
    },
    reset: () => {
      queue.length = 0;
      standing = usual;
    },
    take: (request) =>
      queue.shift() ?? (typeof standing === 'function' ? (standing(request) ?? usual) : standing),
    peek: () => queue[0] ?? (typeof standing === 'function' ? undefined : standing),
    waiting: () => queue.length,
  };
}

/** The knobs of one provider, everything as usual. */
export function createProviderKnobs(taskMs: number): ProviderKnobs {
  return {
    create: createKnob<CreateAnswer>({ kind: 'ok' }),
    query: createKnob<QueryAnswer>({ kind: 'ok' }),
    result: createKnob<ResultAnswer>({ kind: 'normal' }),
    resultUrl: createKnob<ResultUrl>({ kind: 'normal' }),
    taskId: createKnob<TaskIdChoice>({ kind: 'normal' }),
    taskMs,
  };
}
