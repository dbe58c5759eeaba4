import { LIMITS } from '../limits.ts';
import { field, isAbsent, isRecord, textOf } from '../values.ts';
import { checkText, issue, type Issue, type Path } from './issue.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]+$/u;

const LOCALES: ReadonlySet<string> = new Set(
  (
    'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ' +
    'ru uk hi th zh-CN ja zh-TW ko ar he'
  ).split(' '),
);

/** Checks a name of a slash command or option: no spaces, lower case where the script has it. */
export function checkSlashName(name: unknown, path: Path): Issue[] {
  const issues = checkText(name, path, { min: 1, max: LIMITS.command.name });
  const text = textOf(name);
  const wrong = text !== undefined && (!NAME.test(text) || text !== text.toLowerCase());
  return wrong
    ? [...issues, issue(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')]
    : issues;
}

export function checkMenuName(name: unknown, path: Path): Issue[] {
  return checkText(name, path, { min: 1, max: LIMITS.command.name });
}

export function checkDescription(value: unknown, path: Path): Issue[] {
  return checkText(value, path, { min: 1, max: LIMITS.command.description });
}

/** Checks all localisations of a field by the field's own rule. */
export function checkLocalised(
  owner: unknown,
  key: string,
  path: Path,
  check: (value: unknown, path: Path) => Issue[],
): Issue[] {
  const localisations = field(owner, `${key}_localizations`);
  const at = [...path, `${key}_localizations`];
  if (isAbsent(localisations) || !isRecord(localisations)) {
    return [];
  }
  return Object.entries(localisations).flatMap(([locale, value]) => [
    ...(LOCALES.has(locale)
      ? []
      : [issue([...at, locale], 'INVALID_LOCALE', 'Locale is not supported')]),
    ...(isAbsent(value) ? [] : check(value, [...at, locale])),
  ]);
}

/** Returns the length of a field or its longest localisation, which counts towards the total. */
export function longestLength(owner: unknown, key: string): number {
  const localisations = field(owner, `${key}_localizations`);
  const texts = [
    field(owner, key),
    ...(isRecord(localisations) ? Object.values(localisations) : []),
  ];
  return Math.max(...texts.map((text) => textOf(text)?.length ?? 0));
}
