import type { InteractionHandle } from '../../simulators/discord/actors/api.ts';

/** One `/video` that a member sent, or the click that confirmed its price: both have its label. */
export interface Take {
  /** Stands in the prompt, so that what a provider got is known by it. */
  readonly label: string;
  readonly prompt: string;
  readonly memberId: string;
  readonly guildId: string;
  readonly channelId: string;
  /** Whether the request is one that no route takes. */
  readonly isWrong: boolean;
  readonly handle: InteractionHandle;
}

/** Finds a take by its label in any body that carries the prompt. */
export function labelIn(body: unknown): string | undefined {
  return /take-\w+-z/.exec(JSON.stringify(body) ?? '')?.[0];
}
