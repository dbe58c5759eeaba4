import { ACCEPTED_CASES } from './cases/accepted.ts';
import { BODY_CASES } from './cases/bodies.ts';
import { BUSY_CASES } from './cases/busy.ts';
import { COPY_CASES } from './cases/copies.ts';
import { CREATED_CASES } from './cases/created.ts';
import { DESCRIPTOR_CASES } from './cases/descriptor.ts';
import { LIBRARY_CASES } from './cases/libraries.ts';
import { LIMIT_CASES } from './cases/limits.ts';
import { MONEY_CASES } from './cases/money.ts';
import { NOT_SENT_CASES } from './cases/not-sent.ts';
import { POLL_FAULT_CASES } from './cases/poll-faults.ts';
import { POLL_CASES } from './cases/polls.ts';
import { REFUSED_CASES } from './cases/refused.ts';
import { SECRET_CASES } from './cases/secrets.ts';
import { REPORTED_COST_CASES } from './cases/reported-cost.ts';
import { UNKNOWN_CASES } from './cases/unknown.ts';
import { WIRE_CASES } from './cases/wire.ts';
import { TASK_CALL_CASES } from './cases/task-calls.ts';
import type { ContractCase } from './contract-case.ts';

/** What every provider does, by group. */
export const CASES: Readonly<Record<string, readonly ContractCase[]>> = {
  'its descriptor': DESCRIPTOR_CASES,
  'a create that is accepted': CREATED_CASES,
  'a create that is refused': REFUSED_CASES,
  'a create that finds it busy': BUSY_CASES,
  'a create of which nothing is known': UNKNOWN_CASES,
  'a create that was accepted, whatever is answered': ACCEPTED_CASES,
  'a create that is not sent, or to a wrong address': NOT_SENT_CASES,
  'an answer on the wire': WIRE_CASES,
  'a poll': POLL_CASES,
  'a poll without an answer': POLL_FAULT_CASES,
  'its money': MONEY_CASES,
  'the cost that it tells': REPORTED_COST_CASES,
  'the limits of its routes': LIMIT_CASES,
  'the body of a create': BODY_CASES,
  'copies of media': COPY_CASES,
  'its queue and its list': TASK_CALL_CASES,
  'its library': LIBRARY_CASES,
  'its key': SECRET_CASES,
};
