/** Texts by Discord's locale names. */
type Localizations = Readonly<Record<string, string>> | null;

/** An application command, with the fields of Discord's API that a client reads. */
export interface Command {
  readonly id: string;
  /** 1 slash command, 2 user command, 3 message command. */
  readonly type: 1 | 2 | 3;
  readonly name: string;
  readonly name_localizations?: Localizations;
  readonly description: string;
  readonly description_localizations?: Localizations;
  readonly options?: readonly CommandOption[];
}

/**
 * Discord's option types: 1 sub-command, 2 group, 3 string, 4 integer, 5 boolean, 6 user, 7 channel,
 * 8 role, 9 mentionable, 10 number, 11 attachment.
 */
export type OptionType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;

/** An option of a command, or a sub-command or group. */
export interface CommandOption {
  readonly type: OptionType;
  readonly name: string;
  readonly name_localizations?: Localizations;
  readonly description: string;
  readonly description_localizations?: Localizations;
  readonly required?: boolean;
  readonly choices?: readonly Choice[];
  /** Only of a sub-command or a group. */
  readonly options?: readonly CommandOption[];
  readonly channel_types?: readonly number[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly autocomplete?: boolean;
  /** Accepted files: `image`, `video`, `audio` or `.ext`; empty or `undefined` is any. */
  readonly file_types?: readonly string[];
}

/** One value that can be chosen for an option. */
export interface Choice {
  readonly name: string;
  readonly name_localizations?: Localizations;
  readonly value: string | number;
}
