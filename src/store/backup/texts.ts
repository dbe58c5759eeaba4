/** Why a copy of the store could not be made, and what to do; for the operator. */
export const copyTexts = {
  noStore: (path: string) =>
    `there is no database at ${path}; check STORE_URL, and the folder you are in`,
  noTables: (place: string) => `there is no database of Clapper at ${place}; check STORE_URL`,
  moved: (to: string) =>
    `the database was moved to ${to}; set STORE_URL to it, and back that one up`,
  exists: (path: string) => `${path} exists already; name another file`,
  partExists: (path: string) =>
    `${path} is there: another backup is running or was interrupted; remove that file if none runs`,
  damaged: (damage: string) => `the copy is damaged, and so is the database: ${damage}`,
  unversioned: 'the file is no database of Clapper: it names no schema version; check STORE_URL',
};
