import type { Log } from '../app/ports/core.ts';
import type { Ownership } from '../app/ports/ownership-port.ts';
import { commandOverridesSchema } from '../discord/access/command-overrides.ts';
import type { Letters } from './letters.ts';

interface Deps {
  readonly ownership: Pick<Ownership, 'owns'>;
  readonly log: Log;
}

/**
 * Whether this process hears of each change by itself. Beside others another one may hold the shard, and
 * its letter may be lost; without the gateway no process hears of any.
 */
export function hearsEachChange(
  { publicKey }: { readonly publicKey?: string | undefined },
  letters: Pick<Letters, 'onPermissions'> | undefined,
): boolean {
  return publicKey === undefined && letters === undefined;
}

/**
 * Takes what the gateway reports of command permissions, and passes it on to the owner of the server:
 * only the holder of its shard hears of it, but the owner decides about clicks. Each is sent once, so
 * that none arrives after a newer one; an owner that it does not reach reads anew within a minute.
 */
export function passOnPermissions(
  { ownership, log }: Deps,
  letters: Pick<Letters, 'send' | 'onPermissions'> | undefined,
  take: (raw: unknown) => void,
): (raw: unknown) => void {
  if (letters === undefined) return take;
  letters.onPermissions(take);
  return (raw) => {
    // Also where it is passed on: the server may come here.
    take(raw);
    const change = commandOverridesSchema.safeParse(raw);
    if (!change.success) return;
    const guildId = change.data.guild_id;
    if (ownership.owns(guildId)) return;
    void passOn({ letters, log }, guildId, raw);
  };
}

async function passOn(
  { letters, log }: { readonly letters: Pick<Letters, 'send'>; readonly log: Log },
  guildId: string,
  raw: unknown,
): Promise<void> {
  try {
    const answer = await letters.send(guildId, { kind: 'permissions', raw });
    if (answer === 'not-taken') log.debug({ guildId }, 'permissions were taken by no process');
  } catch (cause) {
    log.debug({ err: cause, guildId }, 'permissions could not be passed on');
  }
}
