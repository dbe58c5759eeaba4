import type { InteractionHandle } from '../../simulators/discord/actors/api.ts';

/** What makes one video, by whichever of several interactions: one may be sent twice, or confirmed. */
export interface VideoRequest {
  readonly key: string;
  /** A member's click on a button of a video: once that is made, the same click makes another one. */
  readonly isRepeatable: boolean;
}

/** An interaction that may make a video: a `/video`, a click, a choice in a menu or a form. */
export interface SentCommand {
  /**
   * Part of the prompt, so that a provider's request can be matched to it. "Again" and its like
   * repeat the prompt: their label is that of the first video.
   */
  readonly label: string;
  readonly prompt: string;
  readonly request: VideoRequest;
  readonly memberId: string;
  readonly guildId: string;
  readonly channelId: string;
  /** Whether no route accepts the request. */
  readonly isInvalid: boolean;
  /** The names of the shared media that it has attached; `undefined` if they are not known. */
  readonly media?: readonly string[];
  /** The name of a file that its prompt uses. */
  readonly named?: string;
  readonly handle: InteractionHandle;
}

/** Finds the label of a command in any body that contains its prompt. */
export function labelIn(body: unknown): string | undefined {
  return /take-\w+-z/.exec(JSON.stringify(body) ?? '')?.[0];
}
