import { describe, expect, it } from 'vitest';
import { taskIdSchema } from '../../../src/domain/tasks/task-id.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import type { SimulatedTask } from '../../../src/simulators/providers/simulated-task.ts';
import type { Evidence } from '../../../src/trials/chaos/evidence.ts';
import { judge } from '../../../src/trials/chaos/judge.ts';
import type { SentCommand, VideoRequest } from '../../../src/trials/chaos/sent-command.ts';
import { TASK_ID, ended } from '../../fakes/a-task.ts';
import {
  aClip,
  aCommand,
  cleanEvidence,
  deliveredTask,
  ledgerRecordsOf,
  videoMessage,
} from './clean-evidence.ts';

const CLICK: VideoRequest = { key: '1 again:1', isRepeatable: true };
const REFUSED = { kind: 'refused', refusal: { category: 'unknown', message: 'no' } } as const;

/** The first video's command, and two clicks on its "Again" so many seconds after it. */
const first = aCommand(videoMessage());
const clicked = (seconds: number, request = CLICK): SentCommand => ({
  ...first,
  request,
  handle: { ...first.handle, id: idAfter(seconds), message: () => null },
});

function idAfter(seconds: number): string {
  return String(BigInt(TASK_ID) + (BigInt(seconds * 1000) << 22n));
}

interface Made {
  readonly evidence: Partial<Evidence>;
  readonly tasks: readonly Task[];
}

/** What is there when these commands have a delivered video each, the first one of `time1` … */
function delivered(
  commands: readonly SentCommand[],
  changesOf: (index: number) => Partial<Task> = () => ({}),
): Made {
  const tasks = commands.map(({ handle: { id } }, index) => {
    const seconds = Number((BigInt(id) - BigInt(TASK_ID)) >> 22n) / 1000;
    return deliveredTask({
      id: taskIdSchema.parse(id),
      interactionId: id,
      acceptedAt: deliveredTask().acceptedAt + seconds * 1000,
      address: { ...deliveredTask().address, messageId: `13000000000000004${index}0` },
      stage: ended({ kind: 'delivered', how: 'attachment' }, { providerTaskId: `p-${index + 1}` }),
      ...changesOf(index),
    });
  });
  const message = videoMessage();
  const evidence = {
    commands,
    tasks: new Map(tasks.map((task) => [task.interactionId, task])),
    records: ledgerRecordsOf(tasks),
    clips: tasks.map((_, index): SimulatedTask => aClip({ id: `p-${index + 1}` })),
    messages: tasks.map(({ id, address }) =>
      videoMessage({
        id: address.messageId ?? '',
        attachments: message.attachments.map((one) => ({
          ...one,
          filename: `clapper-model-${id.slice(-6)}.mp4`,
        })),
      }),
    ),
  };
  return { evidence, tasks };
}

const kindsOf = ({ evidence }: Made, changes: Partial<Evidence> = {}) =>
  judge(cleanEvidence({ ...evidence, ...changes })).map(({ kind }) => kind);

describe('the verdict on videos of one prompt', () => {
  it('takes one for the first command and one for each click that came when it was made', () => {
    expect(kindsOf(delivered([first, clicked(20)]))).toEqual([]);
    expect(kindsOf(delivered([first, clicked(20), clicked(40)]))).toEqual([]);
  });

  it('finds two of the same click within its rest', () => {
    expect(kindsOf(delivered([first, clicked(20), clicked(22)]))).toEqual(['doubled']);
    const other: VideoRequest = { key: '2 again:1', isRepeatable: true };
    expect(kindsOf(delivered([first, clicked(20), clicked(22, other)]))).toEqual([]);
  });

  it('finds two of one offer, whenever', () => {
    const offer: VideoRequest = { key: 'offer 1', isRepeatable: false };
    const twice = delivered([clicked(20, offer), clicked(60, offer)]);
    expect(kindsOf(twice)).toEqual(['doubled', 'doubled']);
  });

  it('finds a create more than there are commands that may create', () => {
    const made = delivered([first, clicked(20)]);
    const clips = [...(made.evidence.clips ?? []), aClip({ id: 'p-3' })];
    expect(kindsOf(made, { clips })).toEqual(['doubled']);
    const unanswered = { ...clicked(20), handle: aCommand(null, false).handle };
    const alone = delivered([first]);
    expect(kindsOf(alone, { commands: [first, unanswered], clips })).toEqual(['doubled']);
  });

  it('finds a create that belongs to a task that says that it has none', () => {
    const made = delivered([first, clicked(20)], (index) =>
      index === 0
        ? {}
        : {
            stage: ended(REFUSED, { notified: false }),
            money: { state: 'released', assumed: false },
          },
    );
    const messages = (made.evidence.messages ?? []).slice(0, 1);
    const incidents = [
      { what: 'disturbance:archive' },
      { what: 'create:refused', label: first.label },
    ];
    expect(kindsOf(made, { messages, incidents })).toEqual(['off']);
    const clips = (made.evidence.clips ?? []).slice(0, 1);
    expect(kindsOf(made, { messages, incidents, clips })).toEqual([]);
  });

  it('excuses a task by what was done to its own messages, not to those of its like', () => {
    const made = delivered([first, clicked(20)], (index) =>
      index === 0
        ? {}
        : {
            stage: ended({ kind: 'cancelled' }, { notified: false }),
            money: { state: 'released', assumed: false },
          },
    );
    const clips = (made.evidence.clips ?? []).slice(0, 1);
    const messages = (made.evidence.messages ?? []).slice(0, 1);
    const cancelled = (interactionId: string) =>
      kindsOf(made, {
        clips,
        messages,
        incidents: [
          { what: 'disturbance:archive' },
          { what: 'cancel:clicked', label: first.label, interactionId },
        ],
      });
    expect([cancelled(idAfter(20)), cancelled(first.handle.id)]).toEqual([[], ['lost']]);
  });

  it('finds the video of the other one on a message', () => {
    const made = delivered([first, clicked(20)]);
    const clips = [aClip(), aClip({ id: 'p-2', file: new Uint8Array([9]) })];
    expect(kindsOf(made, { clips })).toEqual(['lost']);
  });
});
