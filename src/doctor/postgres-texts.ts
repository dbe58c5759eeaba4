/** The texts of `npm run doctor` about a database on Postgres. */
export const postgresTexts = {
  server: (place: string, version: string) =>
    `${place} is Postgres ${version}, and keeps what it has confirmed`,
  none: 'it has no tables yet; the first start makes them',
  collation: (name: string) => ({
    text: `its keys are compared by the collation ${name === '' ? 'of the database' : name}, not by their bytes`,
    advice:
      'Let the bot make its tables itself, in an empty database, and restore a backup into it',
  }),
  otherServer: {
    text: 'it is on another server than at the last start: a copy, or a replica that took over, which may lack what was written last',
    advice:
      'The next start makes unconfirmed charges of all that was still to be sent; see Backups in docs/operators.md',
  },
  runs: (instances: readonly string[]) =>
    instances.length === 1
      ? `one runs on this database (${instances.join('')}), which is fine`
      : `${instances.length} processes run on this database (${instances.join(', ')}), which is fine`,

  differing: (instances: string) => ({
    text: `differs between the processes of this database: ${instances}`,
    advice:
      'Right while an update is on its way; else give all of them the same and start them again. Meanwhile the lowest budget applies to all of them',
  }),

  connections: {
    about: 'database connections',
    left: (count: number) => `${count} are left; a process takes 3`,
    few: (count: number) => ({
      text: `${count} are left; a process takes 3, and an update needs those of a second one`,
      advice: 'Raise max_connections, or the limit of the user or of the database',
    }),
    none: (count: number) => ({
      text: `${count} are left, and a process takes 3`,
      advice:
        'Close what uses them, or raise max_connections, or the limit of the user or of the database',
    }),
  },

  clock: {
    about: 'database clock',
    fits: 'agrees with the one of this machine',
    differs: (seconds: string, isAhead: boolean) => ({
      text: `is ${seconds} s ${isAhead ? 'ahead of' : 'behind'} the one of this machine`,
      advice:
        'Let both follow a time server (NTP): nothing depends on them, but the times in two logs cannot be compared',
    }),
  },

  application: {
    about: 'application',
    other: (own: string, known: string) => ({
      text: `DISCORD_TOKEN is of another application (bot ${own}) than this database belongs to (bot ${known}): a start is refused`,
      advice:
        'Set the token of that one, or let STORE_URL lead to a database of its own; how to change the application on purpose is in docs/operators.md, under Postgres',
    }),
  },

  media: {
    about: 'MEDIA_DIR',
    fits: 'is the folder in which the processes of this database keep media',
    other: {
      text: 'is not the folder in which the processes of this database keep media: a start beside them is refused',
      advice:
        'Mount one folder for all and let MEDIA_DIR lead to it, or set MEDIA_MAX_BYTES=0 for all',
    },
    replaced: {
      text: 'is not the folder in which the processes of this database kept media: the next start keeps them here, and those in the former one are not found any more',
      advice: 'Let MEDIA_DIR lead to the former one, or copy its content here',
    },
  },

  key: {
    fits: 'SECRET_KEY is the one that this database was written with',
    other: {
      text: 'SECRET_KEY is not the one that this database was written with: a start is refused',
      advice: 'Set the former key again',
    },
  },
} as const;
