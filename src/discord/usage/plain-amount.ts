import type { Micros } from '../../domain/ledger/money.ts';

const DECIMALS = 6;

/** An amount for programs: exact, with a decimal point and at least two decimals. */
export function plainAmount(micros: Micros): string {
  const digits = micros.toString().padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0{1,4}$/, '');
  return `${digits.slice(0, -DECIMALS)}.${fraction}`;
}
