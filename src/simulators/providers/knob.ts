import type {
  AnswerCut,
  AssetFate,
  ConnectionAnswer,
  CreateAnswer,
  DeleteAnswer,
  Encoding,
  LibraryAnswer,
  ListAnswer,
  QueryAnswer,
  ResultAnswer,
  ResultUrl,
  TaskIdChoice,
} from './answers.ts';
import type { RecordedRequest } from './recorded-request.ts';

/** Chooses an answer by the request; `undefined` means the default answer. */
type Chooser<Answer, Subject> = (request: Subject) => Answer | undefined;

/** A new connection, for the knob that decides about it. */
interface NewConnection {
  /** The number of the provider's connections, this one included. */
  readonly count: number;
}

/** A medium that comes into a library, for the knob that decides about it. */
interface NewAsset {
  readonly name: string;
  readonly url: string;
}

/** One adjustable behaviour: a permanent answer, and queued one-shot answers that come first. */
export interface Knob<Answer, Subject = RecordedRequest> {
  /** Sets the answer from now on, when no one-shot answer is queued. */
  readonly always: (answer: Answer | Chooser<Answer, Subject>) => void;
  /** Queues an answer for the next `times` requests. */
  readonly next: (answer: Answer, times?: number) => void;
  /** Restores the default answer and empties the queue. */
  readonly reset: () => void;
  /** Returns the answer for this request and removes it from the queue. */
  readonly consume: (request: Subject) => Answer;
  /** Returns the next answer; `undefined` when it depends on the request. */
  readonly peek: () => Answer | undefined;
  /** The number of queued one-shot answers. */
  readonly waiting: () => number;
}

/** All knobs of one provider. They can be turned at any time. */
export interface ProviderKnobs {
  readonly create: Knob<CreateAnswer>;
  readonly query: Knob<QueryAnswer>;
  /** Answers to requests for the list of tasks, and to deletions of one, where the provider has them. */
  readonly list: Knob<ListAnswer>;
  readonly delete: Knob<DeleteAnswer>;
  /** Answers to requests for the list of models, where the provider has one. */
  readonly models: Knob<CreateAnswer>;
  /** Answers to uploads of files, where the provider takes them. */
  readonly upload: Knob<CreateAnswer>;
  /** Answers to uploads into a library. */
  readonly assetUpload: Knob<LibraryAnswer>;
  /** Answers to all other requests to a library. */
  readonly assetLook: Knob<LibraryAnswer>;
  /** What becomes of the next medium in a library. */
  readonly asset: Knob<AssetFate, NewAsset>;
  readonly result: Knob<ResultAnswer>;
  readonly resultUrl: Knob<ResultUrl>;
  readonly taskId: Knob<TaskIdChoice>;
  /** Applies to answers of the API and to result files alike. */
  readonly encoding: Knob<Encoding>;
  /** Where answers of the API are cut. */
  readonly cut: Knob<AnswerCut>;
  readonly connection: Knob<ConnectionAnswer, NewConnection>;
  /** How long every task takes, including those that run; with Infinity they never finish. */
  taskMs: number;
}

/** Creates a knob with a default answer. */
function createKnob<Answer extends object, Subject = RecordedRequest>(
  defaultAnswer: Answer,
): Knob<Answer, Subject> {
  const queue: Answer[] = [];
  let permanent: Answer | Chooser<Answer, Subject> = defaultAnswer;
  return {
    always: (answer) => {
      permanent = answer;
    },
    next: (answer, times = 1) => {
      for (let time = 0; time < times; time += 1) queue.push(answer);
    },
    reset: () => {
      queue.length = 0;
      permanent = defaultAnswer;
    },
    consume: (request) =>
      queue.shift() ??
      (typeof permanent === 'function' ? (permanent(request) ?? defaultAnswer) : permanent),
    peek: () => queue[0] ?? (typeof permanent === 'function' ? undefined : permanent),
    waiting: () => queue.length,
  };
}

/** Creates the knobs of one provider, all with their default answers. */
export function createProviderKnobs(taskMs: number): ProviderKnobs {
  return {
    create: createKnob<CreateAnswer>({ kind: 'ok' }),
    query: createKnob<QueryAnswer>({ kind: 'ok' }),
    list: createKnob<ListAnswer>({ kind: 'ok' }),
    delete: createKnob<DeleteAnswer>({ kind: 'ok' }),
    models: createKnob<CreateAnswer>({ kind: 'ok' }),
    upload: createKnob<CreateAnswer>({ kind: 'ok' }),
    assetUpload: createKnob<LibraryAnswer>({ kind: 'ok' }),
    assetLook: createKnob<LibraryAnswer>({ kind: 'ok' }),
    asset: createKnob<AssetFate, NewAsset>({ kind: 'active' }),
    result: createKnob<ResultAnswer>({ kind: 'normal' }),
    resultUrl: createKnob<ResultUrl>({ kind: 'normal' }),
    taskId: createKnob<TaskIdChoice>({ kind: 'normal' }),
    encoding: createKnob<Encoding>({ kind: 'identity' }),
    cut: createKnob<AnswerCut>({ kind: 'never' }),
    connection: createKnob<ConnectionAnswer, NewConnection>({ kind: 'normal' }),
    taskMs,
  };
}
