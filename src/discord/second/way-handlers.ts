import type { SecondAction } from '../../domain/tasks/origin.ts';
import type { ClickClaim } from '../../domain/tasks/click-claim.ts';
import { mayBeCharged } from '../../domain/tasks/second-ways.ts';
import type {
  CommandServices,
  ComponentCall,
  ComponentHandler,
  ModalCall,
  ModalHandler,
} from '../command.ts';
import type { Place } from '../interaction.ts';
import type { Served } from '../served.ts';
import { answerIfMaking } from './answer-if-making.ts';
import { askBecauseHeld } from './ask-because-held.ts';
import { sourceOfClick } from './source-of-click.ts';
import type { ClickedTask } from './source-of-click.ts';

/** What a click stands for: is written with the video that it makes. */
export interface Click {
  readonly claim: ClickClaim;
  /** Another video is wanted although the last one of this button is not finished. */
  readonly isAnother?: true;
}

/** A button of a video by which another one is made. */
export interface SecondWay {
  readonly action: Exclude<SecondAction, 'animate'>;
  /** The video, if this member may use the button; otherwise they were answered why not. */
  readonly find?: (
    call: Place & Served,
    services: CommandServices,
    taskId: string,
  ) => Promise<ClickedTask | undefined>;
  /** Opens a form, shows what to choose from, or makes the video. */
  readonly open: (
    call: ComponentCall,
    services: CommandServices,
    source: ClickedTask,
    click: Click,
  ) => Promise<void>;
}

/** The form that a way opens, when it was sent. */
type Sent = (
  call: ModalCall,
  services: CommandServices,
  source: ClickedTask,
  click: Click,
) => Promise<void>;

/**
 * The button of a way, and those of the two questions that may come before it: whether to go on
 * although the first video may be charged (`…-anyway`), and, beside the link to the unfinished video
 * that the last click is making, whether to make another one (`…-another`).
 */
export function wayHandlers(way: SecondWay): ComponentHandler[] {
  const { action, find = sourceOfClick, open } = way;

  async function openOnce(
    call: ComponentCall,
    services: CommandServices,
    source: ClickedTask,
  ): Promise<void> {
    const claim = claimOf(way, call, source);
    if (await answerIfMaking(call, services, claim)) return;
    await open(call, services, source, { claim });
  }

  const handler = (
    name: string,
    run: (call: ComponentCall, services: CommandServices, source: ClickedTask) => Promise<void>,
  ): ComponentHandler => ({
    action: name,
    asCommand: 'video',
    run: async (call, taskId, services) => {
      const source = await find(call, services, taskId);
      if (source !== undefined) await run(call, services, source);
    },
  });

  return [
    handler(action, async (call, services, source) =>
      mayBeCharged(source.task)
        ? askBecauseHeld(call, services, action, source.task.id)
        : openOnce(call, services, source),
    ),
    handler(`${action}-anyway`, openOnce),
    handler(`${action}-another`, async (call, services, source) =>
      open(call, services, source, { claim: claimOf(way, call, source), isAnother: true }),
    ),
  ];
}

const ANOTHER_SUFFIX = '-another';

/** The custom id of a form that a click opened; `action` is the one of `formHandlers`. */
export function formId(action: string, { claim, isAnother }: Click): string {
  return `${action}${isAnother === true ? ANOTHER_SUFFIX : ''}:${claim.sourceId}`;
}

/** The form of a way, sent: after its button, and after `…-another`. */
export function formHandlers(
  action: string,
  way: Pick<SecondWay, 'action' | 'find'>,
  sent: Sent,
): ModalHandler[] {
  const { find = sourceOfClick } = way;
  return [{ suffix: '' }, { suffix: ANOTHER_SUFFIX, isAnother: true as const }].map(
    ({ suffix, ...how }) => ({
      action: `${action}${suffix}`,
      asCommand: 'video',
      run: async (call, taskId, services) => {
        const source = await find(call, services, taskId);
        if (source === undefined) return;
        await sent(call, services, source, { claim: claimOf(way, call, source), ...how });
      },
    }),
  );
}

function claimOf(
  { action }: Pick<SecondWay, 'action'>,
  { member }: Served,
  { task }: ClickedTask,
): ClickClaim {
  return { memberId: member.user.id, sourceId: task.id, action };
}
