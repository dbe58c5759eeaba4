import type { CopyKind } from './evidence.ts';

/** One step of a round, beside the troubles of single requests. */
export type ScriptStep =
  | {
      readonly kind: 'video';
      readonly number: number;
      readonly model: string;
      readonly hasPicture: boolean;
    }
  | { readonly kind: 'invalid-video'; readonly number: number }
  /** One member requests several videos at once. */
  | { readonly kind: 'burst'; readonly number: number; readonly size: number }
  /** A member cancels a waiting video, if there is one. */
  | { readonly kind: 'cancel' }
  /** A member confirms a price, if one is waiting. */
  | { readonly kind: 'click'; readonly times: number }
  /** A member makes another video from one that ended, by its form; sent once or twice. */
  | { readonly kind: 'edit'; readonly number: number; readonly times: number }
  | { readonly kind: 'disturbance'; readonly disturbance: Disturbance }
  /** An admin or the operator ends an unconfirmed charge, if there is one. */
  | { readonly kind: 'end-hold' }
  /** The store is copied, with `someWait` while two videos wait for a busy provider. */
  | {
      readonly kind: 'copy';
      readonly number: number;
      readonly copy: CopyKind;
      readonly someWait: boolean;
    }
  /** The bot is ended and the copy restored. */
  | { readonly kind: 'restore'; readonly after: 'SIGKILL' | 'SIGTERM' };

export type Disturbance =
  | 'kill'
  | 'stop'
  | 'hand-over'
  | 'cut-gateway'
  | 'reconnect'
  | 'invalidate'
  | 'deliver-again'
  | 'delete-message'
  | 'delete-repost'
  | 'deny-view'
  | 'deny-send'
  | 'deny-attach'
  | 'archive'
  | 'restore-permissions'
  | 'pass-time'
  | 'flicker';
