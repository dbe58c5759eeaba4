import type { Clock, Log } from '../../app/ports/core.ts';
import type { Cipher } from '../records/cipher.ts';
import { Fenced } from './fenced.ts';
import { fetchRowsOf, putRow, sweepRows, withdrawRows } from './inbox-rows.ts';
import type { InboxRow, Withdrawal } from './inbox-rows.ts';
import type { Membership } from './membership.ts';
import { repeat } from './repeat.ts';

/** Times of a letter, in milliseconds. */
interface InboxPace {
  /** How long an owner has to fetch it. */
  readonly fetchMs: number;
  /** How long its sender then tries to find out. */
  readonly withdrawMs: number;
}

/** Discord waits three seconds for a reply. Withdrawals wait up to `TOGETHER_MS` for each other. */
const PACE: InboxPace = { fetchMs: 1000, withdrawMs: 1000 };
const PAUSE_MS = 50;
/** Letters of so many milliseconds are withdrawn by one statement. */
const TOGETHER_MS = 250;
/** How often letters of dead senders are removed, in milliseconds. */
const SWEEP_MS = 30_000;
/** The most that a letter may have, in bytes of UTF-8. Discord's interactions have far less. */
export const MAX_LETTER_BYTES = 256 * 1024;

/** Thrown for a letter that is larger than any may be. */
export class LetterTooLarge extends Error {}

export interface InboxDeps {
  readonly membership: Pick<Membership, 'sessions' | 'servedSlots' | 'onMail'>;
  readonly clock: Clock;
  readonly cipher: Cipher;
  /** An id that no letter ever had. */
  readonly newId: () => string;
  /** Gets each letter for the slots of this process, once. */
  readonly receive: (slot: number, text: string) => void;
  readonly log: Log;
  readonly pace?: InboxPace;
}

/** Letters between the processes of a database, each to the owner of a slot. */
export interface Inbox {
  /**
   * Sends a text to the owner of a slot, itself included. Resolves soon after `fetchMs` with whether the
   * owner has it; where not, it never gets it. Rejects if that cannot be found out (the owner may have
   * it), if the database cannot be reached, with `Fenced`, and with `LetterTooLarge`.
   */
  send(slot: number, text: string): Promise<'taken' | 'not-taken'>;
  /** Receives no more. */
  close(): Promise<void>;
}

/** Opens the inbox of a member. What is sealed with another key is dropped, with a line in the log. */
export function openInbox(deps: InboxDeps): Inbox {
  const { membership, clock, cipher, newId, log } = deps;
  const quietly = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (cause) {
      log.debug({ err: cause }, 'inbox could not be read yet');
    }
  };
  const fetches = repeat(clock, SWEEP_MS, async () => quietly(async () => fetchAll(deps)));
  const sweeps = repeat(clock, SWEEP_MS, async () =>
    quietly(async () => sweepRows(membership.sessions.current().read)),
  );
  membership.onMail((slot) => {
    if (slot === undefined || membership.servedSlots().includes(slot)) fetches.now();
  });
  fetches.now();
  sweeps.now();
  const withdrawWithOthers = createWithdrawals(deps);
  return {
    async send(slot, text) {
      if (Buffer.byteLength(text) > MAX_LETTER_BYTES) {
        throw new LetterTooLarge(`a letter may have ${MAX_LETTER_BYTES} bytes`);
      }
      const id = newId();
      const row = { id, slot, body: cipher.seal(text, ownerOf(id, slot)) };
      const life = await put(deps, row);
      if (life === undefined) return 'not-taken';
      await waitFor(clock, (deps.pace ?? PACE).fetchMs);
      const end = await withdrawWithOthers(id);
      // What a crash has emptied was fetched by no process; a second answer to a call is refused.
      return end.withdrawn.has(id) || end.life !== life ? 'not-taken' : 'taken';
    },
    async close() {
      await Promise.all([fetches.stop(), sweeps.stop()]);
    },
  };
}

/** What a letter is sealed for, so that no other place of the store can have it. */
function ownerOf(id: string, slot: number): string {
  return `inbox:${id}:${slot}`;
}

async function fetchAll({ membership, cipher, receive, log }: InboxDeps): Promise<void> {
  const { read, member } = membership.sessions.current();
  const slots = membership.servedSlots();
  if (slots.length === 0) return;
  for (const { id, slot, body } of await fetchRowsOf(read, member, slots)) {
    const text = cipher.open(body, ownerOf(id, slot));
    if (text === undefined) {
      log.warn({ slot }, 'letter that is sealed with another key is dropped');
      continue;
    }
    try {
      receive(slot, text);
    } catch (cause) {
      log.error({ err: cause, slot }, 'letter could not be received');
    }
  }
}

/** Puts a letter; `undefined` if its connection broke and it does not lie there, nor will. */
async function put(deps: InboxDeps, row: InboxRow): Promise<string | undefined> {
  const session = deps.membership.sessions.current();
  let life: string | undefined;
  try {
    life = await putRow(session.read, session.member, row);
  } catch (cause) {
    const { withdrawn } = await withdraw(deps, [row.id]);
    if (withdrawn.has(row.id)) return undefined;
    throw cause;
  }
  if (life === undefined) throw session.endFenced();
  return life;
}

/** Withdraws letters together with those that are to be withdrawn a moment later. */
function createWithdrawals(deps: InboxDeps): (id: string) => Promise<Withdrawal> {
  let next: { readonly ids: string[]; readonly done: Promise<Withdrawal> } | undefined;
  const begin = () => {
    const ids: string[] = [];
    const done = waitFor(deps.clock, TOGETHER_MS).then(async () => {
      next = undefined;
      return withdraw(deps, ids);
    });
    return { ids, done };
  };
  return async (id) => {
    next ??= begin();
    next.ids.push(id);
    return next.done;
  };
}

/**
 * Withdraws letters, by the next session where this one breaks: that one begins only when what the one
 * before it sent has ended. Rejects after a second.
 */
async function withdraw(
  { membership, clock, pace = PACE }: InboxDeps,
  ids: readonly string[],
): Promise<Withdrawal> {
  const giveUpAtMs = clock.elapsed() + pace.withdrawMs;
  const attempt = async (): Promise<Withdrawal> => {
    try {
      const { read } = await membership.sessions.open();
      return await withdrawRows(read, ids);
    } catch (cause) {
      if (clock.elapsed() >= giveUpAtMs || cause instanceof Fenced) throw cause;
      await waitFor(clock, PAUSE_MS);
      return attempt();
    }
  };
  return Promise.race([
    attempt(),
    waitFor(clock, pace.withdrawMs).then(() => {
      throw new Error('whether a letter was fetched cannot be found out');
    }),
  ]);
}

async function waitFor(clock: Clock, ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    clock.after(ms, resolve);
  });
}
