export const REQUEST_COLUMNS = [
  'operator_request.id',
  'operator_request.state',
  'operator_request.body',
];

/**
 * What the operator asks of a running bot, and its answers: a row for each state of a request. Only the
 * owner of the database can read it.
 */
export const REQUEST_TABLE = `
  CREATE TABLE IF NOT EXISTS operator_request (
    id text NOT NULL,
    state text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (id, state)
  );
`;
