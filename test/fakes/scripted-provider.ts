import type {
  CreateOutcome,
  GivenCopies,
  GivenSubmission,
  ProviderPort,
  QueryOutcome,
} from '../../src/app/ports/provider-port.ts';
import type { Submission } from '../../src/domain/routes/submission.ts';
import { RESULT_URL } from './a-task.ts';

export interface ScriptedProvider {
  readonly port: ProviderPort;
  readonly creates: GivenSubmission[];
  readonly queries: string[];
  /** The submissions into which copies were to be put. */
  readonly copies: Submission[];
  /** Answers of the next of these; afterwards the copy's hash is its address. */
  readonly copyAnswers: GivenCopies[];
  /** Answers of the next creates; afterwards everything is created. */
  readonly createAnswers: CreateOutcome[];
  /** Answers of the next looks; afterwards everything is finished. */
  readonly queryAnswers: QueryOutcome[];
}

/** A provider that says what the test tells it, and counts what it is asked. */
export function scriptedProvider(): ScriptedProvider {
  const creates: GivenSubmission[] = [];
  const queries: string[] = [];
  const copies: Submission[] = [];
  const copyAnswers: GivenCopies[] = [];
  const createAnswers: CreateOutcome[] = [];
  const queryAnswers: QueryOutcome[] = [];
  return {
    creates,
    queries,
    copies,
    copyAnswers,
    createAnswers,
    queryAnswers,
    port: {
      async giveCopies(submission) {
        copies.push(submission);
        const media = submission.media.map(({ copy, ...plain }) => ({
          ...plain,
          ...(copy === undefined ? {} : { url: `https://copies.test/${copy.sha256}` }),
        }));
        return copyAnswers.shift() ?? { kind: 'given', submission: { ...submission, media } };
      },
      async create(submission) {
        creates.push(submission);
        return createAnswers.shift() ?? { kind: 'created', providerTaskId: `p-${creates.length}` };
      },
      async query(providerTaskId) {
        queries.push(providerTaskId);
        return queryAnswers.shift() ?? { kind: 'finished', resultUrl: RESULT_URL };
      },
    },
  };
}
