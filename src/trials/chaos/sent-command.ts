import type { InteractionHandle } from '../../simulators/discord/actors/api.ts';

/** A `/video` that a member sent, or the click that confirmed its price; both have the same label. */
export interface SentCommand {
  /** Part of the prompt, so that a provider's request can be matched to it. */
  readonly label: string;
  readonly prompt: string;
  readonly memberId: string;
  readonly guildId: string;
  readonly channelId: string;
  /** Whether no route accepts the request. */
  readonly isInvalid: boolean;
  readonly handle: InteractionHandle;
}

/** Finds the label of a command in any body that contains its prompt. */
export function labelIn(body: unknown): string | undefined {
  return /take-\w+-z/.exec(JSON.stringify(body) ?? '')?.[0];
}
