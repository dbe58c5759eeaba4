import { LIMITS } from '../limits.ts';
import { field, isAbsent, isRecord, listOf, textOf } from '../values.ts';
import { checkInteger, checkList, checkText, issue, type Issue, type Path } from './issue.ts';
import { checkImageReference, checkReference, checkScheme, type KnownFile } from './urls.ts';

const LIMIT = LIMITS.embed;

const TEXT_LIMITS = [
  { keys: ['title'], max: LIMIT.title },
  { keys: ['description'], max: LIMIT.description },
  { keys: ['footer', 'text'], max: LIMIT.footer },
  { keys: ['author', 'name'], max: LIMIT.author },
] as const;

const IMAGE_KEYS = [
  ['image', 'url'],
  ['thumbnail', 'url'],
  ['footer', 'icon_url'],
  ['author', 'icon_url'],
] as const;

function fieldAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce(field, value);
}

function fieldIssues(embed: unknown, path: Path): Issue[] {
  const at = [...path, 'fields'];
  const fields = field(embed, 'fields');
  return [
    ...checkList(fields, at, { max: LIMIT.fields, optional: true }),
    ...listOf(fields).flatMap((entry, index) => [
      ...checkText(field(entry, 'name'), [...at, index, 'name'], { min: 1, max: LIMIT.fieldName }),
      ...checkText(field(entry, 'value'), [...at, index, 'value'], {
        min: 1,
        max: LIMIT.fieldValue,
      }),
    ]),
  ];
}

function imageIssues(embed: unknown, path: Path, files: readonly KnownFile[]): Issue[] {
  return IMAGE_KEYS.flatMap((keys) => {
    const url = fieldAt(embed, keys);
    const at = [...path, ...keys];
    return isAbsent(url)
      ? []
      : [
          ...checkScheme(url, at, ['http', 'https', 'attachment']),
          ...checkReference(url, at, files),
          ...checkImageReference(url, at, files),
        ];
  });
}

function detailIssues(embed: Record<string, unknown>, path: Path): Issue[] {
  const { color, timestamp, url } = embed;
  const issues = checkInteger(color, [...path, 'color'], {
    min: 0,
    max: LIMIT.color,
    optional: true,
  });
  const at = textOf(timestamp) ?? '';
  if (!isAbsent(timestamp) && Number.isNaN(Date.parse(at))) {
    const message = `Could not parse ${at}. Should be ISO8601.`;
    issues.push(issue([...path, 'timestamp'], 'DATE_TIME_TYPE_PARSE', message));
  }
  if (!isAbsent(url)) {
    issues.push(...checkScheme(url, [...path, 'url'], ['http', 'https']));
  }
  return issues;
}

/** Counts the characters that count towards the 6000 of all embeds together. */
function embedTextLength(embed: unknown): number {
  const texts = TEXT_LIMITS.map(({ keys }) => fieldAt(embed, keys));
  const fields = listOf(field(embed, 'fields')).flatMap((entry) => [
    field(entry, 'name'),
    field(entry, 'value'),
  ]);
  return [...texts, ...fields].reduce<number>((sum, text) => sum + (textOf(text)?.length ?? 0), 0);
}

/** Whether an embed has neither text nor images. */
export function isEmptyEmbed(embed: unknown): boolean {
  return (
    embedTextLength(embed) === 0 &&
    IMAGE_KEYS.every((keys) => textOf(fieldAt(embed, keys)) === undefined)
  );
}

export function checkEmbeds(embeds: unknown, path: Path, files: readonly KnownFile[]): Issue[] {
  const list = listOf(embeds);
  const issues = checkList(embeds, path, { max: LIMITS.embeds, optional: true });
  for (const [index, embed] of list.entries()) {
    const at = [...path, index];
    if (!isRecord(embed)) {
      issues.push(issue(at, 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType'));
      continue;
    }
    issues.push(
      ...TEXT_LIMITS.flatMap(({ keys, max }) =>
        checkText(fieldAt(embed, keys), [...at, ...keys], { max, optional: true }),
      ),
      ...fieldIssues(embed, at),
      ...imageIssues(embed, at, files),
      ...detailIssues(embed, at),
    );
  }
  if (list.reduce<number>((sum, embed) => sum + embedTextLength(embed), 0) > LIMIT.total) {
    const message = `Embed size exceeds maximum size of ${LIMIT.total}`;
    issues.push(issue(path, 'MAX_EMBED_SIZE_EXCEEDED', message));
  }
  return issues;
}
