/** Every text of `npm run backup` but the faults of the copy itself, which the store words. */
export const backupTexts = {
  usage: 'npm run backup [-- PATH]: copies the database to PATH, a new file or a folder',
  noDiscordTime:
    'Discord did not tell the time: a time in the name of the copy is by the clock of this machine.',
  failed: (cause: string) => `No backup was made: ${cause}`,
  unknownCause: 'unknown cause',
  whole: (bytes: number, schema: number) => `${bytes} bytes, whole, schema ${schema}`,
  keyFile: (path: string) => `the file ${path}`,
  keySetting: 'SECRET_KEY',
  keepKey: (key: string) =>
    `The encryption key is not in it: keep ${key} as well, in another place than the copy. Without the key the accounts can still be read, but prompts, tokens and attachment links cannot.`,
};
