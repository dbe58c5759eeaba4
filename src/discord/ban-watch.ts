import type { Clock, Log } from '../app/ports/core.ts';
import type { AddressBan } from './address-ban.ts';

/** What is known of a ban of this machine's address, for everybody who asks Discord. */
export interface BanWatch {
  /** A ban that an answer told of: nobody should ask until it is over. One log line a ban. */
  begin(ban: AddressBan): void;
  /** A page in an answer's place, which may be a ban or the work of a filter. One log line an hour. */
  doubt(ban: AddressBan): void;
  /** How long the ban goes on, in milliseconds; 0: none is known. */
  leftMs(): number;
  /** Resolves when the ban is over; at once where there is none. */
  untilOver(): Promise<void>;
}

export function createBanWatch({
  clock,
  log,
}: {
  readonly clock: Clock;
  readonly log: Log;
}): BanWatch {
  let endsAt = -Infinity;
  let doubtedUntil = -Infinity;
  const leftMs = (): number => Math.max(0, endsAt - clock.elapsed());
  const fieldsOf = ({ status, waitMs }: AddressBan): object => ({
    status,
    until: new Date(clock.now() + waitMs).toISOString(),
    waitSeconds: Math.ceil(waitMs / 1000),
  });

  return {
    leftMs,
    begin(ban) {
      const isNew = leftMs() === 0;
      endsAt = Math.max(endsAt, clock.elapsed() + ban.waitMs);
      if (!isNew) return;
      log.error(
        fieldsOf(ban),
        'Cloudflare, which stands before Discord, bans the address of this machine; the bot waits until then and asks again. Do not restart it: that makes such a ban longer',
      );
    },
    doubt(ban) {
      if (clock.elapsed() < Math.max(doubtedUntil, endsAt)) return;
      doubtedUntil = clock.elapsed() + ban.waitMs;
      log.warn(
        { status: ban.status },
        'Cloudflare, which stands before Discord, answers with a page of its own; the request is tried again. If none succeeds, the address of this machine is banned',
      );
    },
    async untilOver() {
      for (let left = leftMs(); left > 0; left = leftMs()) {
        const wait = left;
        await new Promise<void>((resolve) => {
          clock.after(wait, resolve);
        });
      }
    },
  };
}
