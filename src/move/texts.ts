/** Every text of `npm run move` but why the store refuses one, which it words itself. */
export const moveTexts = {
  usage: [
    'npm run move -- FROM TO: moves the stopped database at FROM to TO, a new one',
    'One of the two is sqlite://PATH, the other one postgres://user:password@host:5432/database.',
    'A move that was cut off goes on with the same command, and is undone with FROM and TO exchanged.',
  ].join('\n'),
  argument: (name: string, problem: string, advice: string) => `${name}: ${problem}. ${advice}.`,
  sameKind: 'One of FROM and TO must be sqlite://, and the other one postgres://.',
  begins: (from: string, to: string) =>
    `Moving ${from} to ${to}. A large database takes some minutes; do not start a bot on either meanwhile.`,
  failed: (cause: string) => `Not moved: ${cause}`,
  cutOff:
    'What was copied so far is marked as incomplete. Run the same command again, or undo the move with the same command and FROM and TO exchanged.',
  unknownCause: 'unknown cause',

  moved: (count: number, checksum: string) =>
    `Moved. ${counted(count)} compared one by one; SHA-256 ${checksum}.`,
  wasMoved: 'All of it was moved before; nothing was left to do.',
  next: (from: string, to: string) =>
    `Set STORE_URL to ${to} (postgres:// with user and password), keep DATA_DIR, and start the bot. A start on ${from} is refused from now on.`,
  dataDir: (path: string) =>
    `DATA_DIR (${path}) knows what was sent to providers. Without it, on another machine, videos that were still to be sent become unconfirmed charges.`,
  undone: (from: string, to: string) =>
    `Undone: ${to} is the database again, as it was before, and ${from} is empty.`,

  keyFile: (path: string) =>
    `The encryption key is in ${path}, and with postgres:// the bot takes it from SECRET_KEY only. Add it to the settings: echo "SECRET_KEY=$(cat ${path})" >> .env`,
  keyKept: 'Keep SECRET_KEY as it is: prompts and tokens in the database can be read with it only.',
  noKey: (path: string) =>
    `No encryption key was found, neither in SECRET_KEY nor in ${path}. Set SECRET_KEY to the one that this database was written with: without it, prompts and tokens in it cannot be read.`,
  otherKey: (path: string) =>
    `SECRET_KEY is not the key that this database was written with; the one in ${path} is. Set SECRET_KEY to that one (take its present line out of .env first): echo "SECRET_KEY=$(cat ${path})" >> .env`,
  unfitKey:
    'SECRET_KEY is not the key that this database was written with: prompts and tokens in it cannot be read. Set the former key, or go on without them.',
};

function counted(count: number): string {
  return count === 1 ? '1 record was' : `${count} records were`;
}
