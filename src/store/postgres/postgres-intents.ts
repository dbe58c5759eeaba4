import { z } from 'zod';
import type { Log } from '../../app/ports/core.ts';
import type { Intent, IntentLog } from '../../app/ports/intent-log-port.ts';
import { ALL_SLOTS, slotOf } from '../../domain/slots.ts';
import { intentLine, intentOf, readIntentLine } from '../intents/intent-line.ts';
import type { Cipher } from '../records/cipher.ts';
import type { Light } from './postgres-records.ts';

export interface PostgresIntentsDeps {
  readonly light: Light;
  readonly cipher: Cipher;
  readonly log: Log;
}

const APPEND = `
  INSERT INTO intent (interaction, member, slot, person, line) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (interaction) DO UPDATE
  SET member = excluded.member, at = excluded.at, line = excluded.line`;

const LEFT_OVER = `
  SELECT interaction, line FROM intent
  WHERE slot = ANY ($1::smallint[])
    AND NOT EXISTS (SELECT 1 FROM member WHERE member.id = intent.member)
  ORDER BY at`;

/** For so long no token in them is valid any more. */
const CUT = "DELETE FROM intent WHERE at < clock_timestamp() - interval '15 minutes'";

const lineRows = z.array(z.object({ interaction: z.string(), line: z.string() }));

/** The intents of a store on Postgres, in rows of its own table. */
export function createPostgresIntents({ light, cipher, log }: PostgresIntentsDeps): IntentLog {
  const remove = async (interactions: readonly string[]): Promise<void> => {
    await light(() => ['DELETE FROM intent WHERE interaction = ANY ($1)', [interactions]]);
  };
  const append = async (intent: Intent, guildId: string): Promise<void> => {
    const line = intentLine(cipher, intent, guildId);
    const { interactionId, memberId: person } = intent;
    const slot = slotOf(guildId);
    await light((member) => [APPEND, [interactionId, member, slot, person, line]]);
  };
  return {
    append,
    keep: append,
    close(interactionId) {
      light(() => ['DELETE FROM intent WHERE interaction = $1', [interactionId]]).catch(
        (cause: unknown) => {
          // The next start may say on a message that nothing began, which is true.
          log.warn({ err: cause, interactionId }, 'intent could not be closed');
        },
      );
    },
    async leftOver(slots = ALL_SLOTS) {
      const rows = lineRows.parse(await light(() => [LEFT_OVER, [[...slots]]]));
      return readable(rows, cipher, log);
    },
    dropLeftOver: async (found) => remove(found.map(({ interactionId }) => interactionId)),
    async cut() {
      await light(() => [CUT, []]);
    },
    async deleteMember(memberId) {
      await light(() => ['DELETE FROM intent WHERE person = $1', [memberId]]);
    },
  };
}

function readable(rows: z.output<typeof lineRows>, cipher: Cipher, log: Log): Intent[] {
  const intents = rows.flatMap(({ line: text }) => {
    const line = readIntentLine(text);
    const intent = line?.kind === 'intent' ? intentOf(cipher, line) : undefined;
    return intent === undefined ? [] : [intent];
  });
  const unreadable = rows.length - intents.length;
  if (unreadable > 0) log.warn({ unreadable }, 'damaged intents are skipped');
  return intents;
}
