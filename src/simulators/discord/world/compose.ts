import { FLAGS } from '../limits.ts';
import { refuse, refuseAnyOf } from '../errors.ts';
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

/** What a version of a message is made of; addresses of its files are still `attachment://`. */
export interface MessageState {
  readonly content: string;
  readonly embeds: readonly Record<string, unknown>[];
  readonly components: readonly Record<string, unknown>[];
  readonly attachments: readonly StoredAttachment[];
  readonly flags: number;
}

export interface Composition {
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
  readonly overflow: boolean;
  /** Bytes per file. */
  readonly limitBytes: number;
  /** Where the form stands in the body: `['data']` in a callback. */
  readonly path: Path;
  /** The version that is edited; absent for a post. */
  readonly previous: MessageState | undefined;
  /** Flags that the sender may set here. */
  readonly settableFlags: number;
  readonly newId: () => string;
}

export interface Composed {
  readonly state: MessageState;
  readonly fresh: readonly NewAttachment[];
}

function mergedFlags(json: unknown, previous: MessageState | undefined, settable: number): number {
  const given = integerOf(field(json, 'flags'));
  const before = (previous?.flags ?? 0) & ~FLAGS.loading;
  if (given === undefined) {
    return before;
  }
  // V2 is for ever; an attempt to take it away is refused as such, not as what it would cause.
  return (before & ~settable) | (given & settable) | (before & FLAGS.componentsV2);
}

/** Numbers components as Discord does when the sender did not. */
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

/** A null of components does not clear: it is as if it were not there. */
function mergedComponents(json: unknown, previous: MessageState | undefined): readonly unknown[] {
  const given = field(json, 'components');
  return isAbsent(given) ? (previous?.components ?? []) : listOf(given);
}

function mergedEmbeds(json: unknown, previous: MessageState | undefined) {
  const given = field(json, 'embeds');
  return isAbsent(given) ? (previous?.embeds ?? []) : recordsOf(given);
}

/** Checks a post or an edit and returns what the message becomes; throws Discord's refusal. */
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
  refuseAnyOf([
    ...checkMessageForm(json, { path, isEdit, wasV2 }),
    ...merged.issues,
    ...checkMessageParts(json, parts, path),
  ]);
  if (isEmptyMessage(json, parts)) {
    throw refuse('emptyMessage');
  }
  return { state: { ...state, components: numbered(state.components) }, fresh: merged.fresh };
}
