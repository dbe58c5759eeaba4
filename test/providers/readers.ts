import type { CreateOutcome, QueryOutcome } from '../../src/app/ports/provider-port.ts';
import { ANYFAST_DIALECT } from '../../src/providers/anyfast/dialect.ts';
import type { HttpResult } from '../../src/providers/exchange.ts';
import { JIMMY_DIALECT } from '../../src/providers/jimmy/dialect.ts';
import { readCreate } from '../../src/providers/read-create.ts';
import { readQuery } from '../../src/providers/read-query.ts';

// Readers of answers, one for each provider, with its own dialect.

export const readJimmyCreate = (result: HttpResult, prompt = ''): CreateOutcome =>
  readCreate(result, JIMMY_DIALECT, prompt);

export const readAnyfastCreate = (result: HttpResult, prompt = ''): CreateOutcome =>
  readCreate(result, ANYFAST_DIALECT, prompt);

export const readJimmyQuery = (result: HttpResult): QueryOutcome =>
  readQuery(result, JIMMY_DIALECT);

export const readAnyfastQuery = (result: HttpResult): QueryOutcome =>
  readQuery(result, ANYFAST_DIALECT);
