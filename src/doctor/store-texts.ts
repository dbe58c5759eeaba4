/** The texts of `npm run doctor` about the database, what is in it, and who uses it. */
export const storeTexts = {
  store: {
    about: 'database',
    none: (path: string) => `none yet; the first start creates ${path}`,
    empty: (path: string) => ({
      text: `${path} is empty`,
      advice: 'Delete it for a new database, or restore a backup',
    }),
    unreadable: (path: string, code: string) => ({
      text: `${path} cannot be opened (${code})`,
      advice:
        'Check STORE_URL, the permissions of its folder, and that the file is a database of Clapper',
    }),
    damaged: (path: string, damage: string) => ({
      text: `${path} is damaged: ${damage}`,
      advice: 'Stop the bot, keep the file, and restore a backup',
    }),
    unversioned: (path: string) => ({
      text: `${path} is no database of Clapper: it names no schema version`,
      advice: 'Check that STORE_URL names the right file',
    }),
    newer: (path: string, version: number, readable: number) => ({
      text: `${path} was written by a newer Clapper (schema ${version}, this one reads up to ${readable})`,
      advice: 'Install that version, or restore an older backup',
    }),
    tooOld: (path: string, version: number) => ({
      text: `${path} was written by a Clapper too old for this one (schema ${version})`,
      advice: 'Start a version in between first, which migrates it',
    }),
    whole: (path: string, version: number, bytes: number) =>
      `${path} is whole (schema ${version}, ${bytes} bytes)`,
    toMigrate: (path: string, version: number, bytes: number) =>
      `${path} is whole (schema ${version}, ${bytes} bytes; the next start copies and migrates it)`,
    manyNames: (path: string) => ({
      text: `${path} is a file with several names (hard links)`,
      advice:
        'Always start the bot with the same one: recent writes are in files next to that name',
    }),
    moved: (to: string) => ({
      text: `it was moved to ${to}`,
      advice: 'Set STORE_URL to that address, postgres:// with user and password',
    }),
    unfinishedMove: (from: string) => ({
      text: `it is only half moved here from ${from}`,
      advice:
        'Run the same npm run move again, or undo it with the same command and the two addresses exchanged',
    }),
    checkUrl: 'Check STORE_URL',
    copy: (madeAt: string) => ({
      text: `it is a copy made at ${madeAt}: what was sent or spent after that is not in it`,
      advice:
        'The next start makes unconfirmed charges of all that was still to be sent; see Backups in docs/operators.md',
    }),
  },

  accounts: {
    about: 'accounts',
    incomplete: (since: string, until: string | undefined) => ({
      text: `the database was restored: what was spent from ${since} ${until === undefined ? 'until the restore' : `to ${until}`} is not in the accounts`,
      advice:
        'Compare with what the providers charged in that time; limits and budgets do not include it',
    }),
  },

  bot: {
    about: 'bot',
    running: 'one runs on this database, which is fine',
    stopped: 'none runs on this database',
  },
} as const;
