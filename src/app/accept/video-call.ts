import type { Language } from '../../domain/language.ts';
import type { RequestIssue } from '../../domain/routes/request-issue.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { PolicyDenial } from '../admission.ts';
import type { PriceQuestion } from '../ask-for-price.ts';
import type { PendingConfirmation } from '../ports/confirmation-port.ts';

/** One `/video` as called. */
export interface VideoCall {
  readonly interactionId: string;
  readonly interactionToken: string;
  readonly applicationId: string;
  /** When the interaction arrived, in milliseconds. */
  readonly receivedAt: number;
  /** The same by the clock that never goes back; absent: just now. */
  readonly receivedElapsed?: number;
  readonly guildId: string;
  readonly channelId: string;
  /** The channel whose thread this is; undefined where it is none. */
  readonly threadOf: string | undefined;
  readonly memberId: string;
  readonly language: Language;
  readonly attachmentLimitBytes: number;
  readonly roleIds: readonly string[];
  readonly route: Route;
  readonly request: VideoRequest;
  /** The pending request that the caller confirms by this call; absent: a fresh `/video`. */
  readonly confirms?: PendingConfirmation;
  /** Makes the public reply: the claim on the interaction. */
  readonly acknowledge: () => Promise<Acknowledgement>;
}

/** Whether the public reply stands. `unclear`: Discord's answer never came. */
export type Acknowledgement =
  | { readonly kind: 'acknowledged'; readonly messageId: string | undefined }
  | { readonly kind: 'taken-by-another'; readonly detail: string }
  | { readonly kind: 'refused' | 'unclear'; readonly detail: string };

/** Anything but the last four is to be answered, to the caller alone. */
export type Acceptance =
  | { readonly kind: 'refused'; readonly faults: RequestIssue[]; readonly alternatives: Route[] }
  | { readonly kind: 'provider-paused'; readonly until: number }
  | { readonly kind: 'denied'; readonly denial: PolicyDenial }
  | PriceQuestion
  | { readonly kind: 'already-confirmed' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'store-down'; readonly reference: string }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'not-acknowledged' }
  /** Acknowledged, but not written: the task's message says that nothing started. */
  | { readonly kind: 'not-begun' };

export type AcceptVideo = (call: VideoCall) => Promise<Acceptance>;
