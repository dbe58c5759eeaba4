import type { Clicker } from './clickers.ts';
import type { Deed } from './deeds.ts';
import type { CopyKind } from './evidence.ts';
import type { Attached, Word } from './shared-media.ts';

/** One step of a round, beside the troubles of single requests. */
export type ScriptStep =
  | {
      readonly kind: 'video';
      readonly number: number;
      readonly model: string;
      readonly hasPicture: boolean;
      /** How long it should be; \`undefined\` where that is left to the model. */
      readonly seconds?: number;
    }
  | { readonly kind: 'invalid-video'; readonly number: number }
  /** Members of one guild request videos with the same files, which go into a library. */
  | {
      readonly kind: 'share-media';
      readonly number: number;
      readonly model: string;
      readonly attached: Attached;
      readonly size: number;
      readonly isAtOnce: boolean;
    }
  /** An admin gives a file the name of the round. */
  | {
      readonly kind: 'name';
      readonly word: Word;
      readonly times: number;
      readonly isPerson: boolean;
    }
  /** Members use the name in prompts, at once. */
  | {
      readonly kind: 'use-name';
      readonly number: number;
      readonly model: string;
      readonly size: number;
      readonly isRemoved: boolean;
    }
  | { readonly kind: 'remove-name' }
  /** A member who attached something has their data deleted. */
  | { readonly kind: 'forget' }
  /** One member requests several videos at once. */
  | { readonly kind: 'burst'; readonly number: number; readonly size: number }
  /** A member cancels a waiting video, if there is one. */
  | { readonly kind: 'cancel' }
  /** A member cancels a video in its provider's queue, or when it just `begins` to be made. */
  | {
      readonly kind: 'cancel-queued';
      readonly number: number;
      readonly seconds: number;
      readonly begins: boolean;
    }
  /** A member confirms a price, if one is waiting. */
  | { readonly kind: 'click'; readonly times: number }
  /** A member makes another video from one that ended, from a picture or from a refusal. */
  | {
      readonly kind: 'second';
      readonly way: SecondWay;
      readonly number: number;
      readonly times: number;
      readonly by: Clicker;
    }
  /** A member uses the menu of a video that ended. */
  | {
      readonly kind: 'menu';
      readonly deed: Deed['kind'];
      readonly number: number;
      readonly times: number;
      readonly by: Clicker;
    }
  /** An admin changes a setting and undoes it. */
  | { readonly kind: 'undo'; readonly times: number }
  | { readonly kind: 'disturbance'; readonly disturbance: Disturbance }
  | { readonly kind: 'company'; readonly disturbance: CompanyDisturbance }
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

export type SecondWay =
  | 'again'
  | 'edit'
  | 'higher'
  | 'other'
  | 'continue'
  | 'pictures'
  | 'animate-picture'
  | 'animate-video'
  | 'mend';

/** Of several processes on one database. */
export type CompanyDisturbance =
  | 'kill-owner'
  | 'kill-gateway'
  | 'suspend'
  | 'suspend-owner'
  | 'cut-line'
  | 'cut-commit'
  | 'silent-line'
  | 'silent-commit'
  | 'crash-database'
  | 'rolling';

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
