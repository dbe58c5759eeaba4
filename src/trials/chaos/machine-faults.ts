import { existsSync, writeSync } from 'node:fs';
import type { Dice } from './dice.ts';

/** The faults of a bad machine; each is reported to the harness by a line on standard output. */
export interface MachineFaults {
  readonly dice: Dice;
  /** Whether the harness has ended the faults. */
  isOver(): boolean;
  report(did: string): void;
  /** Kills the process at once, if that is allowed; otherwise returns. */
  kill(did: string): void;
}

export interface MachineFaultOptions {
  readonly dice: Dice;
  /** While this file exists, no fault happens. */
  readonly calmFile: string;
  readonly mayKill: boolean;
}

const STANDARD_OUTPUT = 1;

function report(did: string): void {
  // Synchronous, because the process may be killed next.
  writeSync(
    STANDARD_OUTPUT,
    `${JSON.stringify({ msg: MACHINE_FAULT_LINE, did, atMs: Date.now() })}\n`,
  );
}

export function createMachineFaults({
  dice,
  calmFile,
  mayKill,
}: MachineFaultOptions): MachineFaults {
  return {
    dice,
    isOver: () => existsSync(calmFile),
    report,
    kill(did) {
      if (!mayKill) return;
      report(did);
      process.kill(process.pid, 'SIGKILL');
    },
  };
}

const MACHINE_FAULT_LINE = 'the machine misbehaves';

/** Reads the fault that a line of output reports; `undefined` for the bot's own lines. */
export function machineFaultIn(line: string): string | undefined {
  if (!line.includes(MACHINE_FAULT_LINE)) return undefined;
  return /"did":"([^"]+)"/.exec(line)?.[1];
}

/** The time in which a process stood still, and the tasks that it was about to send, if a line says so. */
export function standstillIn(
  line: string,
):
  | { readonly fromMs: number; readonly toMs: number; readonly sending: readonly string[] }
  | undefined {
  const did = machineFaultIn(line);
  const [, ms, ids = ''] =
    /^many:stands-\S*-for-(\d+)-ms(?:-sending-(\S+))?$/.exec(did ?? '') ?? [];
  const [, at] = /"atMs":(\d+)/.exec(line) ?? [];
  if (ms === undefined || at === undefined) return undefined;
  const fromMs = Number(at);
  return { fromMs, toMs: fromMs + Number(ms), sending: ids.split('+').filter((id) => id !== '') };
}
