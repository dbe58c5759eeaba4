import { z } from 'zod';
import type { Log } from '../../app/ports/core.ts';
import type { Intent, IntentLog } from '../../app/ports/intent-log-port.ts';
import { slotOf } from '../../domain/slots.ts';
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

/** For so long no token in them is valid any more. */
const CUT = "DELETE FROM intent WHERE at < clock_timestamp() - interval '15 minutes'";

const lineRows = z.array(z.object({ interaction: z.string(), line: z.string() }));

/** The intents of a store on Postgres, in rows of its own table. */
export function createPostgresIntents({ light, cipher, log }: PostgresIntentsDeps): IntentLog {
  let leftOver: readonly string[] = [];
  const remove = async (interactions: readonly string[]): Promise<void> => {
    await light(() => ['DELETE FROM intent WHERE interaction = ANY ($1)', [interactions]]);
  };
  return {
    async append(intent, guildId) {
      const line = intentLine(cipher, intent);
      const { interactionId, memberId: person } = intent;
      const slot = slotOf(guildId);
      await light((member) => [APPEND, [interactionId, member, slot, person, line]]);
    },
    close(interactionId) {
      light(() => ['DELETE FROM intent WHERE interaction = $1', [interactionId]]).catch(
        (cause: unknown) => {
          // The next start may say on a message that nothing began, which is true.
          log.warn({ err: cause, interactionId }, 'intent could not be closed');
        },
      );
    },
    async leftOver() {
      const rows = lineRows.parse(
        await light((member) => [
          'SELECT interaction, line FROM intent WHERE member <> $1 ORDER BY at',
          [member],
        ]),
      );
      leftOver = rows.map(({ interaction }) => interaction);
      return readable(rows, cipher, log);
    },
    dropLeftOver: async () => remove(leftOver),
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
