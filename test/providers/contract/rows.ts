/**
 * The rows that the cases stand for. Those of creates and polls are the beginnings of rows in the
 * tables of docs/developers/architecture.md, "What a provider's answer means".
 */
export const ROWS = {
  created: 'a usable task id, and no error beside it',
  'not-sent': 'not sent: connection refused',
  'lost-track': 'HTTP 5xx with any text',
  busy: '429, unless its code says that the balance is spent',
  'wrong-address': '301, 307, 308',
  refused: '401, 402, 403 with any body',
  unknown: 'anything else: time-out, reset',
  pending: 'in progress',
  finished: 'finished, with a link',
  'no-link': 'finished, without a link',
  failed: 'failed',
  missing: 'no such task',
  fault: '429, 5xx, cut, unreadable, key refused',
  'other-server': "a redirect, or another server's 404",
  /** Nothing is sent that the documents do not have, and all that was asked for. */
  body: 'the body of a create',
  limits: 'the limits of a route',
  money: 'what a task costs',
  copies: "the bot's own copies of media",
  library: 'a library of media',
  cancel: 'a task that waits in its queue',
  search: 'its list of tasks',
  secrets: 'the key stays home',
  descriptor: 'what a descriptor says',
} as const;
export type Row = keyof typeof ROWS;

/** Those that are rows of the tables. */
export const ANSWER_ROWS = [
  'created',
  'not-sent',
  'lost-track',
  'busy',
  'wrong-address',
  'refused',
  'unknown',
  'pending',
  'finished',
  'no-link',
  'failed',
  'missing',
  'fault',
  'other-server',
] as const satisfies Row[];
