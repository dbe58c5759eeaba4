import { FLAGS } from '../limits.ts';
import { apiError, rejectInvalid } from '../errors.ts';
import type { UploadedFile } from '../rest/request.ts';
import type { Path } from '../rules/issue.ts';
import { checkMessageForm, checkMessageParts, isEmptyMessage } from '../rules/message-rules.ts';
import { field, integerOf, isAbsent, isRecord, listOf, recordsOf, textOf } from '../values.ts';
import {
  checkUploadSizes,
  mergeAttachments,
  type NewAttachment,
  type StoredAttachment,
} from './attachments.ts';

/** The content of one version of a message; URLs of its files are still `attachment://`. */
export interface MessageState {
  readonly content: string;
  readonly embeds: readonly Record<string, unknown>[];
  readonly components: readonly Record<string, unknown>[];
  readonly attachments: readonly StoredAttachment[];
  readonly flags: number;
}

/** A post or an edit to check and apply. */
export interface Composition {
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
  readonly overflow: boolean;
  /** Bytes per file. */
  readonly limitBytes: number;
  /** The path of the form in the body: `['data']` in a callback. */
  readonly path: Path;
  /** The version that is edited; `undefined` for a post. */
  readonly previous: MessageState | undefined;
  /** The flags that the request may set. */
  readonly settableFlags: number;
  readonly newId: () => string;
}

export interface Composed {
  readonly state: MessageState;
  readonly added: readonly NewAttachment[];
}

function mergedFlags(json: unknown, previous: MessageState | undefined, settable: number): number {
  const given = integerOf(field(json, 'flags'));
  const before = (previous?.flags ?? 0) & ~FLAGS.loading;
  if (given === undefined) {
    return before;
  }
  // The V2 flag stays; `checkMessageForm` reports an attempt to remove it.
  return (before & ~settable) | (given & settable) | (before & FLAGS.componentsV2);
}

/** Numbers the components that the sender gave no id. */
function numbered(components: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  let next = 0;
  const visit = (component: Record<string, unknown>): Record<string, unknown> => {
    next += 1;
    const { components: children, accessory } = component;
    return {
      ...component,
      id: integerOf(component['id']) ?? next,
      ...(Array.isArray(children) ? { components: children.filter(isRecord).map(visit) } : {}),
      ...(isRecord(accessory) ? { accessory: visit(accessory) } : {}),
    };
  };
  return components.map(visit);
}

function mergedContent(json: unknown, previous: MessageState | undefined): string {
  const content = field(json, 'content');
  return content === undefined ? (previous?.content ?? '') : (textOf(content) ?? '');
}

/** Returns the components of the resulting message; null leaves them unchanged. */
function mergedComponents(json: unknown, previous: MessageState | undefined): readonly unknown[] {
  const given = field(json, 'components');
  return isAbsent(given) ? (previous?.components ?? []) : listOf(given);
}

function mergedEmbeds(json: unknown, previous: MessageState | undefined) {
  const given = field(json, 'embeds');
  return isAbsent(given) ? (previous?.embeds ?? []) : recordsOf(given);
}

/** Checks a post or an edit and returns the resulting message; throws an `ApiError`. */
export function composeMessage(composition: Composition): Composed {
  const { json, path, previous, files, newId } = composition;
  const isEdit = previous !== undefined;
  checkUploadSizes(files, composition.limitBytes, composition.overflow);
  const existing = previous?.attachments ?? [];
  const merged = mergeAttachments({ json, path, isEdit, files, existing, newId });
  const wasV2 = ((previous?.flags ?? 0) & FLAGS.componentsV2) !== 0;
  const components = mergedComponents(json, previous);
  const state: MessageState = {
    content: mergedContent(json, previous),
    embeds: mergedEmbeds(json, previous),
    components: recordsOf(components),
    attachments: merged.attachments,
    flags: mergedFlags(json, previous, composition.settableFlags),
  };
  const parts = { ...state, components, files: merged.attachments };
  rejectInvalid([
    ...checkMessageForm(json, { path, isEdit, wasV2 }),
    ...merged.issues,
    ...checkMessageParts(json, parts, path),
  ]);
  if (isEmptyMessage(json, parts)) {
    throw apiError('emptyMessage');
  }
  return { state: { ...state, components: numbered(state.components) }, added: merged.added };
}
