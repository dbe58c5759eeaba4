import { expect } from 'vitest';
import type {
  InteractionHandle,
  MemberActor,
  SendOptions,
} from '../../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../../src/simulators/discord/world/message-view.ts';
import type { Messages } from '../../../src/discord/messages/en.ts';
import { buttonOf, madeVideo, openedForm, privateAnswer } from '../forms.ts';
import { createsOf } from '../video-call.ts';
import type { Locale, Stage } from './stage.ts';

/** One button, select, form or command, and how a member comes to it. */
export interface Row {
  /** The action in its custom id, or the command. */
  readonly what: string;
  /** It begins a video. */
  readonly isMaking?: true;
  /** It stands on the public message of a task. */
  readonly isOnMessage?: true;
  /** Its first answer is all that it does, or comes after that. */
  readonly isDoneAtOnce?: true;
  /** What it says after a crash between what it does and that answer. */
  readonly afterwards?: (words: Messages) => string;
  /** What it needs is kept in memory alone. */
  readonly isForgotten?: true;
  readonly prepare: (stage: Stage, locale: Locale) => Promise<Ready>;
}

/** What a row is about to do. */
export interface Ready {
  readonly press: () => Promise<InteractionHandle>;
  readonly becomes: Becomes;
}

export type Becomes =
  | { readonly kind: 'form' }
  /** An answer to the caller alone, which says this. */
  | { readonly kind: 'private'; readonly says: string }
  /** The message of the button, changed, which then says this. */
  | { readonly kind: 'update'; readonly says: string }
  /** A public message with a video; `before`: the creates of its prompt until then. */
  | { readonly kind: 'video'; readonly prompt: string; readonly before: number };

export const FORM = { kind: 'form' } as const;
export const says = (text: string): Becomes => ({ kind: 'private', says: text });
export const becomes = (text: string): Becomes => ({ kind: 'update', says: text });
export const video = (prompt: string, before = 0): Becomes => ({ kind: 'video', prompt, before });

/** A click on the button of this action. */
export function clicking(
  member: MemberActor,
  message: MessageView,
  action: string,
  send?: SendOptions,
): () => Promise<InteractionHandle> {
  return async () => member.click(message, buttonOf(message, action), send);
}

/** A click on a button that its message does not have, as of an earlier state. */
export function clickingForged(
  member: MemberActor,
  message: MessageView,
  customId: string,
): () => Promise<InteractionHandle> {
  return async () => member.click(message, customId, { raw: true });
}

/** The custom id of the select of this action. */
export function selectOf({ components }: MessageView, action: string): string {
  const found = new RegExp(`"custom_id":"(${action}:[^"]+)"`, 'u').exec(JSON.stringify(components));
  if (found?.[1] === undefined) throw new Error(`no select ${action}`);
  return found[1];
}

/** The form that a click opens; sending it is the row. */
export async function opened(press: () => Promise<InteractionHandle>): Promise<InteractionHandle> {
  const call = await press();
  await openedForm(call);
  return call;
}

const HAN = /\p{Script=Han}/u;

/** The language of what people read: Chinese or not. */
export const languageOf = (text: string): Locale => (HAN.test(text) ? 'zh-CN' : 'en-US');

/** Expects that what was pressed came to what it should, once; resolves with its text. */
export async function doneText(
  { testbed }: Stage,
  { becomes: what }: Ready,
  call: InteractionHandle,
): Promise<string> {
  switch (what.kind) {
    case 'form': {
      const { title, labels } = await openedForm(call);
      return [title, ...labels].join('\n');
    }
    case 'private': {
      const { text } = await privateAnswer(call);
      expect(text).toContain(what.says);
      return text;
    }
    case 'update': {
      const { text } = await call.waitFor((message) => message.text.includes(what.says), {
        label: what.says,
      });
      return text;
    }
    case 'video': {
      const { text } = await madeVideo(testbed, call);
      expect(createsOf(testbed, what.prompt)).toHaveLength(what.before + 1);
      return text;
    }
  }
}

/** The creates of what was pressed; none where it makes no video. */
export function createsSoFar({ testbed }: Stage, { becomes: what }: Ready): number {
  return what.kind === 'video' ? createsOf(testbed, what.prompt).length - what.before : 0;
}
