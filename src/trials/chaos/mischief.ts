import { existsSync, writeSync } from 'node:fs';
import type { Dice } from './dice.ts';

/** What the bad machine may do, and its way to tell the harness of it: a line on standard output. */
export interface Mischief {
  readonly dice: Dice;
  /** True from when the harness has had enough: nothing goes wrong any more. */
  isOver(): boolean;
  tell(did: string): void;
  /** Ends the process where it stands, if it may; else returns. */
  kill(did: string): void;
}

export interface MischiefOptions {
  readonly dice: Dice;
  /** Nothing goes wrong while this file is there. */
  readonly calmFile: string;
  readonly mayKill: boolean;
}

const STANDARD_OUTPUT = 1;

function tell(did: string): void {
  // At once and whole, for the process may be about to end.
  writeSync(STANDARD_OUTPUT, `${JSON.stringify({ msg: MISCHIEF_LINE, did })}\n`);
}

export function createMischief({ dice, calmFile, mayKill }: MischiefOptions): Mischief {
  return {
    dice,
    isOver: () => existsSync(calmFile),
    tell,
    kill(did) {
      if (!mayKill) return;
      tell(did);
      process.kill(process.pid, 'SIGKILL');
    },
  };
}

const MISCHIEF_LINE = 'the machine misbehaves';

/** What a line of the bot's output tells of mischief; undefined: it is one of its own. */
export function mischiefIn(line: string): string | undefined {
  if (!line.includes(MISCHIEF_LINE)) return undefined;
  return /"did":"([^"]+)"/.exec(line)?.[1];
}
