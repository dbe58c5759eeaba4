import type { InteractionHandle } from '../../simulators/discord/actors/api.ts';
import type { MessageView } from '../../simulators/discord/world/message-view.ts';

/** Discord waits no longer for the first answer to an interaction, in milliseconds. */
const ANSWER_MS = 3000;
/** How long a private answer is waited for after that. */
const PRIVATE_MS = 1000;

/** Resolves when the interaction was answered, no bot has it, or Discord waits no longer. */
export async function settled(handle: InteractionHandle): Promise<void> {
  if (handle.deliveredTo === 0) return;
  await Promise.race([
    handle.acknowledged.catch(() => undefined),
    new Promise((resolve) => {
      setTimeout(resolve, ANSWER_MS).unref();
    }),
  ]);
}

const isPrivate = ({ loading, ephemeral }: MessageView): boolean => !loading && ephemeral;

/** The private message that answers it; `undefined` if there is none, or another answer. */
export async function privateAnswer(handle: InteractionHandle): Promise<MessageView | undefined> {
  await settled(handle);
  const acknowledgement = handle.acknowledgement();
  if (acknowledgement === null || acknowledgement.kind === 'modal') return undefined;
  try {
    return await handle.waitFor(isPrivate, { backstopMs: PRIVATE_MS });
  } catch {
    // Another answer, or the bot was killed meanwhile.
    return undefined;
  }
}

/** Whether it opened a form. */
export async function opensForm(handle: InteractionHandle): Promise<boolean> {
  await settled(handle);
  return handle.acknowledgement()?.kind === 'modal';
}
