import { FLAGS, LIMITS } from '../limits.ts';
import { field, isAbsent, listOf } from '../values.ts';
import { checkComponents } from './component-rules.ts';
import { checkEmbeds, isEmptyEmbed } from './embed-rules.ts';
import { checkInteger, checkList, checkText, issue, type Issue, type Path } from './issue.ts';
import { checkAllowedMentions } from './mention-rules.ts';
import type { KnownFile } from './urls.ts';

/** The parts of a message, as they will be stored. */
export interface MessageParts {
  readonly content: string;
  readonly embeds: readonly unknown[];
  readonly components: readonly unknown[];
  readonly files: readonly KnownFile[];
  readonly flags: number;
}

/** Where a message form is, and what it changes. */
export interface MessageFormContext {
  readonly path: Path;
  readonly isEdit: boolean;
  readonly wasV2: boolean;
}

const MAX_FLAGS = 2 ** 31 - 1;
const ANY_LENGTH = { max: Infinity, optional: true };

function checkNonce(nonce: unknown, path: Path): Issue[] {
  return typeof nonce === 'number'
    ? []
    : checkText(nonce, path, { max: LIMITS.nonce, optional: true });
}

function checkV2Kept(json: unknown, context: MessageFormContext): Issue[] {
  const flags = field(json, 'flags');
  if (!context.wasV2 || typeof flags !== 'number' || (flags & FLAGS.componentsV2) !== 0) {
    return [];
  }
  return [
    issue(
      [...context.path, 'flags'],
      'MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG',
      'The IS_COMPONENTS_V2 flag cannot be removed from a message',
    ),
  ];
}

/** Checks the fields of the request body. */
export function checkMessageForm(json: unknown, context: MessageFormContext): Issue[] {
  const { path, isEdit } = context;
  const issues = [
    ...checkText(field(json, 'content'), [...path, 'content'], {
      max: LIMITS.content,
      optional: true,
    }),
    ...checkInteger(field(json, 'flags'), [...path, 'flags'], {
      min: 0,
      max: MAX_FLAGS,
      optional: true,
    }),
    ...checkNonce(field(json, 'nonce'), [...path, 'nonce']),
    ...checkAllowedMentions(field(json, 'allowed_mentions'), [...path, 'allowed_mentions']),
    ...checkList(field(json, 'components'), [...path, 'components'], ANY_LENGTH),
    ...checkV2Kept(json, context),
  ];
  if (isEdit && field(json, 'embeds') === null) {
    issues.push(
      issue([...path, 'embeds'], 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType'),
    );
  }
  return issues;
}

function checkLegacyFields(json: unknown, parts: MessageParts, path: Path): Issue[] {
  const used = {
    content: parts.content !== '',
    embeds: parts.embeds.length > 0,
    poll: !isAbsent(field(json, 'poll')),
    sticker_ids: listOf(field(json, 'sticker_ids')).length > 0,
  };
  return Object.entries(used).flatMap(([name, isUsed]) =>
    isUsed
      ? [
          issue(
            [...path, name],
            'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
            `The '${name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
          ),
        ]
      : [],
  );
}

/** Checks the message that would result from the request. */
export function checkMessageParts(json: unknown, parts: MessageParts, path: Path): Issue[] {
  const v2 = (parts.flags & FLAGS.componentsV2) !== 0;
  const { files } = parts;
  return [
    // Embeds of the previous version were checked when they were sent.
    ...checkEmbeds(field(json, 'embeds'), [...path, 'embeds'], files),
    ...checkComponents(parts.components, [...path, 'components'], { v2, files }),
    ...(v2 ? checkLegacyFields(json, parts, path) : []),
  ];
}

/** Whether a message has no visible content, which is a 50006. */
export function isEmptyMessage(json: unknown, parts: MessageParts): boolean {
  return (
    parts.content.trim() === '' &&
    parts.components.length === 0 &&
    parts.files.length === 0 &&
    parts.embeds.every(isEmptyEmbed) &&
    isAbsent(field(json, 'poll')) &&
    listOf(field(json, 'sticker_ids')).length === 0
  );
}
