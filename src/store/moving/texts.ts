/** What the marks of a move mean, and why a move is refused; for the operator. */
export const moveFaults = {
  movedTo: (to: string) =>
    `the database was moved to ${to}; set STORE_URL to it (postgres:// with user and password), and start again`,
  unfinished: (from: string) =>
    `this database is only half moved here from ${from}; run the same "npm run move" again, or undo it with the same command and the two addresses exchanged`,
  none: (place: string) =>
    `there is no database of Clapper at ${place}; check the address, and the folder you are in`,
  inUse: (place: string) =>
    `a bot or another command uses ${place}; stop it first, every process of it`,
  unfinishedSource: (place: string, from: string) =>
    `${place} is only half moved here from ${from}: run that move again, or undo it with the same command and the two addresses exchanged`,
  foreignMove: (place: string, from: string) =>
    `${place} is half filled by the move of another database (${from}); finish or undo that one first, or name another target`,
  hasRecords: (place: string) => `${place} has records already; name a new one, or an empty one`,
  husk: (place: string, to: string) =>
    `${place} has the records of a database that was moved to ${to}; name a new one, or delete it if you are sure that it is not needed`,
  olderSchema: (place: string) =>
    `${place} was written by an older version; start the bot once on it, which migrates it, and stop it`,
  lateAnswers: (place: string) =>
    `${place} has a provider's answer that came late, and that no bot has acted on yet; start the bot once on it for a minute, and stop it`,
  newerSchema: (place: string) =>
    `${place} was written by a newer version of Clapper; use that version for the move`,
  unversioned: (place: string) =>
    `${place} names no schema version: no start of a bot was ever completed on it`,
};
