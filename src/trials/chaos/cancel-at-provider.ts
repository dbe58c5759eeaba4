import { setTimeout as wait } from 'node:timers/promises';
import type { InteractionHandle } from '../../simulators/discord/actors/api.ts';
import { settled } from './answers.ts';
import { READY_MS } from './backstops.ts';
import { cancelOf } from './click-buttons.ts';
import type { RoundContext } from './round-context.ts';
import type { ScriptStep } from './script-step.ts';
import { ARK_MODEL, send } from './send-videos.ts';

/** How long a video is waited for until its message says that it is in its provider's queue. */
const QUEUED_MS = 1500;

/** A task that has run for a quarter of its time is out of the queue. */
const RUNNING_PART = 0.25;

/**
 * A member calls for a video that waits in its provider's queue, and cancels it there, perhaps when it
 * has just begun to be made. Afterwards the provider is as quick as before.
 */
export async function cancelQueued(
  context: RoundContext,
  { number, seconds, begins }: Extract<ScriptStep, { kind: 'cancel-queued' }>,
): Promise<void> {
  const { testbed, supervisor, commands } = context;
  const { ark } = testbed.providers.knobs;
  await supervisor.ready(READY_MS);
  const defaultMs = ark.taskMs;
  ark.taskMs = Infinity;
  try {
    await send(context, number, { model: ARK_MODEL, duration: seconds });
    const command = commands.at(-1);
    if (command === undefined) return;
    const customId = await cancelButton(command.handle);
    const task = testbed.providers.tasks.find(({ clip }) => clip.prompt === command.prompt);
    const member = context.members.find(({ id }) => id === command.memberId);
    const message = command.handle.message();
    if (customId === undefined || member === undefined || message === null) return;
    context.incidents.record('cancel:clicked', command);
    if (begins && task !== undefined) ark.taskMs = (Date.now() - task.createdMs) / RUNNING_PART;
    await settled(await member.click(message, customId, { raw: true }));
  } finally {
    ark.taskMs = defaultMs;
  }
}

async function cancelButton(handle: InteractionHandle): Promise<string | undefined> {
  const until = Date.now() + QUEUED_MS;
  while (cancelOf(handle) === undefined && Date.now() < until) await wait(10);
  return cancelOf(handle);
}
