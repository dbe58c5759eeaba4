import { slotOf } from '../../domain/slots.ts';
import { READY_MS } from './backstops.ts';
import { LEASE_MS } from './company.ts';
import type { PostgresProxy, Silence } from './postgres-proxy.ts';
import { pickFrom } from './dice.ts';
import type { RoundContext } from './round-context.ts';
import type { CompanyDisturbance } from './script-step.ts';
import type { Seat } from './supervisor.ts';

/** The slot of the process that has the only shard of the gateway. */
const GATEWAY_SLOT = 0;

/** Pauses and silences in leases: often short ones, and some after which others have its slots. */
const LEASES = { min: 0.1, extra: 2.9 };

/** The process of the step; the only one, where there is one. */
export function aSeat({ supervisor, dice }: RoundContext, index: number): Seat | undefined {
  return pickFrom(supervisor.seats, dice('seat', index));
}

/** The process that owns a guild; the first one where none does. */
export async function seatOfGuild(
  context: Pick<RoundContext, 'supervisor' | 'database'>,
  guildId: string | undefined,
): Promise<Seat | undefined> {
  return seatOfSlot(context, guildId === undefined ? GATEWAY_SLOT : slotOf(guildId));
}

async function seatOfSlot(
  { supervisor: { seats }, database }: Pick<RoundContext, 'supervisor' | 'database'>,
  slot: number,
): Promise<Seat | undefined> {
  const [first] = seats;
  if (seats.length < 2) return first;
  const owner = await database?.ownerOf(slot);
  return seats.find(({ name }) => name === owner) ?? first;
}

/** Carries out one disturbance of several processes. */
// oxlint-disable-next-line complexity -- one case per disturbance; splitting would spread the table over two places
export async function disturbCompany(
  context: RoundContext,
  disturbance: CompanyDisturbance,
  index: number,
): Promise<void> {
  const { database, dice, mayEnd } = context;
  const guildId = context.commands.at(-1)?.guildId;
  const lasting = LEASE_MS * (LEASES.min + LEASES.extra * dice('lasts', index) ** 1.5);
  const line = pickFrom(database?.lines ?? [], dice('line', index));
  switch (disturbance) {
    case 'kill-owner':
      if (mayEnd()) await (await seatOfGuild(context, guildId))?.end('SIGKILL');
      return undefined;
    case 'kill-gateway':
      if (mayEnd()) await (await seatOfGuild(context, undefined))?.end('SIGKILL');
      return undefined;
    case 'suspend':
      return suspend(context, aSeat(context, index), lasting);
    case 'suspend-owner':
      return suspend(context, await seatOfGuild(context, guildId), lasting);
    case 'cut-line':
      return line?.cut();
    case 'cut-commit':
      return line?.atNextCommit('cut');
    case 'silent-line':
      return silence(context, line, { how: kindOf(context, index), lasting, isAtCommit: false });
    case 'silent-commit':
      return silence(context, line, { how: kindOf(context, index), lasting, isAtCommit: true });
    case 'crash-database':
      return database?.crash();
    case 'rolling':
      if (mayEnd()) void roll(context);
      return undefined;
  }
}

function kindOf({ dice }: RoundContext, index: number): Silence {
  return dice('silence', index) < 0.5 ? 'late' : 'lost';
}

/** Suspends a process, and lets it go on later. */
function suspend({ company }: RoundContext, seat: Seat | undefined, forMs: number): void {
  const run = seat?.current();
  if (run === undefined || run.end !== undefined) return;
  run.bot.kill('SIGSTOP');
  const standstill = { run, fromMs: Date.now(), toMs: Infinity };
  company.suspensions.push(standstill);
  later(company, forMs, () => {
    run.bot.kill('SIGCONT');
    standstill.toMs = Date.now();
  });
}

function silence(
  { company }: RoundContext,
  line: PostgresProxy | undefined,
  {
    how,
    lasting,
    isAtCommit,
  }: { readonly how: Silence; readonly lasting: number; readonly isAtCommit: boolean },
): void {
  if (line === undefined) return;
  if (isAtCommit) line.atNextCommit(how);
  else line.silence(how);
  later(company, lasting, () => {
    line.speak();
  });
}

/** Does it after a while, or when all troubles end. */
function later({ endings }: RoundContext['company'], ms: number, then: () => void): void {
  const once = (): void => {
    clearTimeout(timer);
    if (endings.delete(once)) then();
  };
  const timer = setTimeout(once, ms);
  endings.add(once);
}

/** Stops one after the other, each when the one before it is replaced. */
async function roll({ supervisor, company }: RoundContext): Promise<void> {
  for (const seat of supervisor.seats) {
    if (company.isOver()) return;
    await seat.end('SIGTERM');
    // The round may end meanwhile.
    await supervisor.ready(READY_MS).catch(() => undefined);
  }
}
