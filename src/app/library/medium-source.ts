import { providerOf } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { GivenSubmission, ProviderPort } from '../ports/provider-port.ts';
import type { TaskMedium } from '../ports/task-assets-port.ts';
import type { AssetSource } from './upload-asset.ts';

interface MediumSourceDeps {
  readonly providers: ReadonlyMap<string, ProviderPort>;
  /** Takes room in memory for a copy; `undefined` where others leave too little. */
  readonly takeRoom: (provider: string, bytes: number) => (() => void) | undefined;
}

/** Where a provider finds the media of tasks: what is a copy of the bot's own is given to it first. */
export function createMediumSource({
  providers,
  takeRoom,
}: MediumSourceDeps): (task: Task, medium: TaskMedium) => AssetSource {
  return (task, { medium }) =>
    async (signal) => {
      const { copy, url } = medium;
      if (copy === undefined) return url === '' ? { kind: 'gone' } : { kind: 'address', url };
      const name = providerOf(task);
      const endRoom = takeRoom(name, copy.bytes);
      const provider = providers.get(name);
      if (endRoom === undefined) return { kind: 'later' };
      try {
        const submission = { route: '', prompt: '', durationSeconds: 1, media: [medium] };
        const given = await provider?.giveCopies(submission, signal);
        if (given?.kind === 'gone') return given;
        const sent = given?.kind === 'given' ? given.submission.media[0] : undefined;
        return sent === undefined ? { kind: 'later' } : { kind: 'address', url: addressOf(sent) };
      } finally {
        endRoom();
      }
    };
}

/** What goes out inside of a body is given up to its content. */
function addressOf({ url, content }: GivenSubmission['media'][number]): string {
  return content === undefined ? url : `${url}${Buffer.from(content).toString('base64')}`;
}
