/** Why a database cannot be used, in words with advice. */
export class OwnFault extends Error {
  constructor(advice: string) {
    super(`the database on Postgres: ${advice}`);
  }
}
