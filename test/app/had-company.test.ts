import { expect, it } from 'vitest';
import { noteCompany } from '../../src/app/had-company.ts';

function shareOf(first: number) {
  const listeners: (() => void)[] = [];
  const share = { count: first, changed: () => listeners.forEach((then) => then()) };
  const port = {
    processes: () => share.count,
    onChange: (then: () => void) => void listeners.push(then),
  };
  return { share, port };
}

it('a process that was never but alone had no company', () => {
  const { share, port } = shareOf(1);
  const had = noteCompany(port, false);
  share.changed();
  expect(had()).toBe(false);
});

it.each([
  ['was there at the start', 1, true, 1],
  ['came, and is there', 1, false, 2],
] as const)('company that %s counts', (_, first, atStart, later) => {
  const { share, port } = shareOf(first);
  const had = noteCompany(port, atStart);
  share.count = later;
  expect(had()).toBe(true);
});

it('company that came and went counts, also where nothing asked meanwhile', () => {
  const { share, port } = shareOf(1);
  const had = noteCompany(port, false);
  share.count = 2;
  share.changed();
  share.count = 1;
  share.changed();
  expect(had()).toBe(true);
});
