import { expect, it } from 'vitest';
import { faultOf } from '../../../src/store/postgres/server-checks.ts';

const GOOD = {
  version: 130_000,
  called: '13.0',
  encoding: 'UTF8',
  fsync: 'on',
  commits: 'on',
  standby: false,
  reading: 'off',
};

it.each(['on', 'remote_apply'])(
  'takes a server that waits for the disks: synchronous_commit = %s',
  (commits) => {
    expect(faultOf({ ...GOOD, commits })).toBeUndefined();
  },
);

it.each([
  [{ version: 120_022, called: '12.22' }, /version 12\.22.*13 or later/],
  [{ encoding: 'SQL_ASCII' }, /encoding is SQL_ASCII.*UTF8/],
  [{ fsync: 'off' }, /fsync is off.*twice/],
  [{ commits: 'off' }, /synchronous_commit is off.*twice/],
  [{ commits: 'local' }, /synchronous_commit is local.*twice/],
  [{ commits: 'remote_write' }, /synchronous_commit is remote_write.*twice/],
  [{ standby: true, reading: 'on' }, /standby.*primary/],
  [{ reading: 'on' }, /default_transaction_read_only/],
])('refuses %o with advice', (wrong, told) => {
  expect(faultOf({ ...GOOD, ...wrong })).toMatch(told);
});
