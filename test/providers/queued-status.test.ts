import { describe, expect, it } from 'vitest';
import { ANYFAST_DIALECT } from '../../src/providers/anyfast/dialect.ts';
import type { Dialect } from '../../src/providers/dialect.ts';
import { readQuery } from '../../src/providers/read-query.ts';
import { answer } from './answer.ts';

const DIALECT: Dialect = {
  ...ANYFAST_DIALECT,
  queuedStatuses: ['queued', 'pending'],
  cancelledStatuses: ['cancelled'],
};

const read = (status: string, dialect = DIALECT) =>
  readQuery(answer(200, { id: 'x', status }), dialect);

describe('the status of a task', () => {
  it.each(['queued', 'QUEUED', ' Pending '])('%s means that it has not begun', (status) => {
    expect(read(status)).toEqual({ kind: 'pending', isQueued: true });
  });

  it.each(['running', 'a new word', ''])('“%s” does not', (status) => {
    expect(read(status)).toEqual({ kind: 'pending' });
  });

  it('tells cancelled apart from failed', () => {
    expect(read('cancelled')).toMatchObject({ kind: 'failed', isCancelled: true });
    for (const status of ['failed', 'expired']) {
      expect(read(status)).not.toHaveProperty('isCancelled');
    }
  });

  it('tells neither where no document is relied on for it', () => {
    expect(read('queued', ANYFAST_DIALECT)).toEqual({ kind: 'pending' });
    expect(read('cancelled', ANYFAST_DIALECT)).not.toHaveProperty('isCancelled');
  });
});
