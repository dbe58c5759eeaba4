import { z } from 'zod';
import type { InteractionHandle } from '../../../simulators/discord/actors/api.ts';
import type { ActResult } from '../protocol/actions.ts';
import { withinMs } from '../within-ms.ts';

const choicesSchema = z.object({
  choices: z.array(z.looseObject({ name: z.string(), value: z.union([z.string(), z.number()]) })),
});
const modalSchema = z.record(z.string(), z.unknown());

/** Waits up to `waitMs` for the bot's first response, and returns it as the action's result. */
export async function resultOf(call: InteractionHandle, waitMs: number): Promise<ActResult> {
  const acknowledgement = await withinMs(call.acknowledged, waitMs);
  const interactionId = call.id;
  if (acknowledgement === undefined) return { kind: 'no-response', interactionId };
  const { kind, data, afterMs } = acknowledgement;
  if (kind === 'modal') return { kind: 'modal', interactionId, modal: modalSchema.parse(data) };
  if (kind === 'autocomplete') return { kind: 'choices', ...choicesSchema.parse(data) };
  return { kind: 'acknowledged', interactionId, afterMs };
}
