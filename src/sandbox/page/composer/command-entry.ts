import type { Command, CommandOption } from '../../playground/protocol/commands.ts';

/** A command or sub-command that can be called, in the person's language. */
export interface CommandEntry {
  /** As `POST /act` names it: `quota set`. */
  readonly path: string;
  /** 1 slash command, 2 user command, 3 message command. */
  readonly type: Command['type'];
  /** As shown: `/quota set`. */
  readonly label: string;
  readonly description: string;
  /** Required ones first, as Discord requires. */
  readonly options: readonly CommandOption[];
}

type Localized = Pick<CommandOption, 'name' | 'name_localizations'>;
type Described = Pick<CommandOption, 'description' | 'description_localizations'>;

/** Returns the name in this locale. */
export function localName(named: Localized, locale: string): string {
  return named.name_localizations?.[locale] ?? named.name;
}

/** Returns the description in this locale. */
export function localDescription(described: Described, locale: string): string {
  return described.description_localizations?.[locale] ?? described.description;
}

const SUB_COMMAND = 1;
const GROUP = 2;

/** Returns the commands of this type in declaration order, one entry per sub-command. */
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

/** Returns entries that contain the text typed after the slash; those starting with it come first. */
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
