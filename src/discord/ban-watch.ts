import type { Clock, Log } from '../app/ports/core.ts';
import type { AddressBan } from './address-ban.ts';

/** Shares a ban of this machine's address between all senders of requests to Discord. */
export interface BanWatch {
  /**
   * Records a ban found in an answer: no request should be sent until it is over. Logs once per
   * ban.
   */
  reportBan(ban: AddressBan): void;
  /** Records a page that may be a ban or come from a content filter. Logs at most once an hour. */
  reportPossibleBan(ban: AddressBan): void;
  /** Remaining time of the ban in milliseconds; 0 without a ban. */
  leftMs(): number;
  /** Resolves when the ban is over; immediately without a ban. */
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
  let mutedUntil = -Infinity;
  const leftMs = (): number => Math.max(0, endsAt - clock.elapsed());
  const fieldsOf = ({ status, waitMs }: AddressBan): object => ({
    status,
    until: new Date(clock.now() + waitMs).toISOString(),
    waitSeconds: Math.ceil(waitMs / 1000),
  });

  return {
    leftMs,
    reportBan(ban) {
      const isNew = leftMs() === 0;
      endsAt = Math.max(endsAt, clock.elapsed() + ban.waitMs);
      if (!isNew) return;
      log.error(
        fieldsOf(ban),
        'Cloudflare, which sits in front of Discord, bans the address of this machine; the bot waits until the ban ends and tries again. Do not restart it: that makes such a ban longer',
      );
    },
    reportPossibleBan(ban) {
      if (clock.elapsed() < Math.max(mutedUntil, endsAt)) return;
      mutedUntil = clock.elapsed() + ban.waitMs;
      log.warn(
        { status: ban.status },
        'Cloudflare, which sits in front of Discord, answers with a page of its own; the request is tried again. If no request succeeds, the address of this machine is banned',
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
