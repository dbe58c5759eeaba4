import type { Command, CommandOption } from '../../playground/protocol/commands.ts';

/** Something that can be called: a command, or a sub-command of one, in the reader's language. */
export interface CommandEntry {
  /** As `POST /act` names it: `quota set`. */
  readonly path: string;
  /** 1 slash command, 2 on a person, 3 on a message. */
  readonly type: Command['type'];
  /** `/quota set` */
  readonly label: string;
  readonly description: string;
  /** Required ones first, as Discord wants them declared. */
  readonly options: readonly CommandOption[];
}

type Localized = Pick<CommandOption, 'name' | 'name_localizations'>;
type Described = Pick<CommandOption, 'description' | 'description_localizations'>;

export function localName(named: Localized, locale: string): string {
  return named.name_localizations?.[locale] ?? named.name;
}

export function localDescription(described: Described, locale: string): string {
  return described.description_localizations?.[locale] ?? described.description;
}

const SUB_COMMAND = 1;
const GROUP = 2;

/** Every command of this type, those with sub-commands once for each, as they are declared. */
export function commandEntries(
  commands: readonly Command[],
  type: Command['type'],
  locale: string,
): readonly CommandEntry[] {
  return commands
    .filter((command) => command.type === type)
    .flatMap((command) => flatten({ of: command, path: [], labels: [], type, locale }));
}

interface Node {
  readonly of: Command | CommandOption;
  readonly path: readonly string[];
  readonly labels: readonly string[];
  readonly type: Command['type'];
  readonly locale: string;
}

function flatten({ of, path, labels, type, locale }: Node): readonly CommandEntry[] {
  const own = [...path, of.name];
  const shown = [...labels, localName(of, locale)];
  const options = of.options ?? [];
  const inner = options.filter(isContainer);
  if (inner.length > 0) {
    return inner.flatMap((child) => flatten({ of: child, path: own, labels: shown, type, locale }));
  }
  return [
    {
      path: own.join(' '),
      type,
      label: type === 1 ? `/${shown.join(' ')}` : shown.join(' '),
      description: localDescription(of, locale),
      options,
    },
  ];
}

function isContainer({ type }: CommandOption): boolean {
  return type === SUB_COMMAND || type === GROUP;
}

/** Those that fit what was typed behind the slash: by their start first, then anywhere. */
export function matchingEntries(
  entries: readonly CommandEntry[],
  typed: string,
): readonly CommandEntry[] {
  const wanted = typed.toLowerCase().trimStart();
  const starting = entries.filter(({ label }) => label.slice(1).toLowerCase().startsWith(wanted));
  const containing = entries.filter(
    (entry) => !starting.includes(entry) && entry.label.toLowerCase().includes(wanted),
  );
  return [...starting, ...containing];
}
