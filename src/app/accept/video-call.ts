import type { Language } from '../../domain/language.ts';
import type { LeftOut } from '../../domain/preferences/with-preferences.ts';
import type { RequestIssue } from '../../domain/routes/request-issue.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { PolicyDenial } from '../admission.ts';
import type { PriceQuestion } from '../ask-for-price.ts';
import type { Agreement } from '../admission.ts';
import type { Tenure } from '../ports/ownership-port.ts';
import type { PendingConfirmation, UsedUp } from '../ports/confirmation-port.ts';
import type { ClickClaim } from '../../domain/tasks/click-claim.ts';
import type { Origin } from '../../domain/tasks/origin.ts';
import type { AutoChoice } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';

/** One call of `/video`, or of a button that makes a video. */
export interface VideoCall {
  readonly interactionId: string;
  readonly interactionToken: string;
  readonly applicationId: string;
  /** When the interaction arrived, in milliseconds. */
  readonly receivedAt: number;
  /** The same by the monotonic clock, in milliseconds; `undefined` when it has just arrived. */
  readonly receivedElapsed?: number;
  readonly guildId: string;
  readonly channelId: string;
  /** The parent channel of a thread; `undefined` outside of threads. */
  readonly threadOf: string | undefined;
  readonly memberId: string;
  readonly language: Language;
  readonly attachmentLimitBytes: number;
  readonly roleIds: readonly string[];
  readonly route: Route;
  /** How `auto` chose the route; `undefined` if the member did. */
  readonly auto?: AutoChoice | undefined;
  readonly request: VideoRequest;
  /** Preferences of the caller that the route does not take; `undefined` when none. */
  readonly leftOut?: LeftOut | undefined;
  /** The pending request that this call confirms; `undefined` for a new `/video`. */
  readonly confirms?: PendingConfirmation;
  /** The price that the caller's choice showed, unless it is the one of `confirms`. */
  readonly agreed?: Agreement | undefined;
  /** The pending request that this call uses up, besides the one that it confirms. */
  readonly usesUp?: UsedUp | undefined;
  /** What the video is made from; `undefined` for a new `/video`. */
  readonly origin?: Origin | undefined;
  /** The click that makes the video; `undefined` for a command. */
  readonly claim?: ClickClaim | undefined;
  /** Makes another video although the last one of this click is not finished. */
  readonly isAnother?: boolean | undefined;
  /** Posts the public reply, which claims the interaction. */
  readonly acknowledge: () => Promise<Acknowledgement>;
}

/** A call, with the tenure in which it is decided. */
export interface OwnedCall {
  readonly call: VideoCall;
  readonly tenure: Tenure;
}

/**
 * Whether the public reply was posted. `unclear`: Discord's answer did not arrive.
 * `taken-by-another`: the interaction was already acknowledged by another process.
 */
export type Acknowledgement =
  | { readonly kind: 'acknowledged'; readonly messageId: string | undefined }
  | { readonly kind: 'taken-by-another'; readonly detail: string }
  | { readonly kind: 'refused' | 'unclear'; readonly detail: string };

/**
 * The decision about a call. The caller gets an ephemeral reply for every kind but the last four.
 */
export type Acceptance =
  | { readonly kind: 'invalid'; readonly issues: RequestIssue[]; readonly alternatives: Route[] }
  /** `open`: the routes that are on, of providers that are not paused. */
  | { readonly kind: 'provider-paused'; readonly until: number; readonly open: readonly Route[] }
  | { readonly kind: 'denied'; readonly denial: PolicyDenial }
  | PriceQuestion
  | { readonly kind: 'already-confirmed' }
  /** The same click has made a task that is not finished; `undefined` while it is being decided. */
  | { readonly kind: 'already-made'; readonly task: Task | undefined }
  | { readonly kind: 'busy' }
  /** Another process is responsible for the server, or will be before this is decided. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'store-down'; readonly reference: string }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'not-acknowledged' }
  /**
   * Acknowledged, but the start could not be written: the task's message says that nothing started.
   */
  | { readonly kind: 'not-begun' };

export type AcceptVideo = (call: VideoCall) => Promise<Acceptance>;
