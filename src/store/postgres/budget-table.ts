/** Their columns, by which a missing table is found. */
export const BUDGET_COLUMNS: readonly string[] = [
  'budget.window',
  'budget.granted',
  'budget_grant.window',
  'budget_grant.slot',
  'budget_grant.amount',
];

/**
 * The operator's budgets, in micros: of each window the sum of its grants, and the grant of each slot.
 * They follow from the operator's accounts and are made anew where they are missing.
 */
export const BUDGET_TABLES = `
  CREATE TABLE IF NOT EXISTS budget (
    "window" text COLLATE "C" PRIMARY KEY,
    granted numeric NOT NULL
  );
  CREATE TABLE IF NOT EXISTS budget_grant (
    "window" text COLLATE "C" NOT NULL,
    slot smallint NOT NULL,
    amount numeric NOT NULL,
    PRIMARY KEY ("window", slot)
  );
`;
