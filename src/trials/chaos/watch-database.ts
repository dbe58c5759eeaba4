import { z } from 'zod';
import { SLOTS } from '../../domain/slots.ts';
import { NAMESPACE } from '../../store/records/record-rows.ts';
import { ensureSchema } from '../../store/postgres/schema.ts';
import type { Ask } from '../../store/postgres/schema.ts';

/**
 * What the server itself notes of members, slots and commits, whatever processes believe. A commit keeps
 * the row of its member until it ends, so the owner that is read in it is the owner at that moment.
 */
const WATCH = `
  CREATE TABLE chaos_member (at timestamptz, pid int, id text, instance text);
  CREATE TABLE chaos_gone (at timestamptz, id text);
  CREATE TABLE chaos_slot (at timestamptz, n int, former text, owner text);
  CREATE TABLE chaos_stray (at timestamptz, key text, slot int, member text, owner text);

  CREATE FUNCTION chaos_member() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO chaos_member VALUES (clock_timestamp(), pg_backend_pid(), NEW.id, NEW.instance);
    RETURN NULL;
  END $$;
  CREATE FUNCTION chaos_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO chaos_gone VALUES (clock_timestamp(), OLD.id);
    RETURN NULL;
  END $$;
  CREATE FUNCTION chaos_slot() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO chaos_slot VALUES (clock_timestamp(), NEW.n, OLD.owner, NEW.owner);
    RETURN NULL;
  END $$;
  CREATE FUNCTION chaos_commit() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    key text := coalesce(NEW.key, OLD.key);
    guild text;
    of_slot int;
    writer text;
    owned_by text;
  BEGIN
    -- Of an ended task nobody keeps anything: a member's deletion and the retention remove it anywhere.
    IF TG_OP = 'DELETE' AND OLD.value LIKE '%"stage":{"name":"ended"%' THEN RETURN NULL; END IF;
    IF key LIKE '${NAMESPACE}:task:%' THEN
      guild := substring(coalesce(NEW.value, OLD.value) FROM '"guildId":"([0-9]+)"');
    ELSIF key LIKE '${NAMESPACE}:account:guild:%' OR key LIKE '${NAMESPACE}:account:member:%' THEN
      guild := split_part(key, ':', 4);
    END IF;
    IF guild IS NULL THEN RETURN NULL; END IF;
    SELECT id INTO writer FROM chaos_member WHERE pid = pg_backend_pid() ORDER BY at DESC LIMIT 1;
    of_slot := (guild::bigint >> 22) % ${SLOTS};
    -- One that is no member any more is the same as none.
    SELECT member.id INTO owned_by FROM slot JOIN member ON member.id = slot.owner
      WHERE slot.n = of_slot;
    IF writer IS NOT NULL AND writer IS DISTINCT FROM owned_by THEN
      INSERT INTO chaos_stray VALUES (clock_timestamp(), key, of_slot, writer, owned_by);
    END IF;
    RETURN NULL;
  END $$;

  CREATE TRIGGER chaos AFTER INSERT ON member FOR EACH ROW EXECUTE FUNCTION chaos_member();
  CREATE TRIGGER chaos_gone AFTER DELETE ON member FOR EACH ROW EXECUTE FUNCTION chaos_gone();
  CREATE TRIGGER chaos AFTER UPDATE ON slot FOR EACH ROW
    WHEN (OLD.owner IS DISTINCT FROM NEW.owner) EXECUTE FUNCTION chaos_slot();
  CREATE TRIGGER chaos AFTER INSERT OR UPDATE OR DELETE ON records FOR EACH ROW
    EXECUTE FUNCTION chaos_commit();`;

const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

const memberRows = z.array(
  z.object({ at: z.number(), id: z.string(), instance: z.string(), gone: z.number().nullable() }),
);
const slotRows = z.array(
  z.object({
    at: z.number(),
    n: z.number(),
    former: z.string().nullable(),
    owner: z.string().nullable(),
  }),
);
const strayRows = z.array(
  z.object({
    at: z.number(),
    key: z.string(),
    slot: z.number(),
    member: z.string(),
    owner: z.string().nullable(),
  }),
);
const countRows = z.tuple([z.object({ count: z.number() })]);
const ownerRows = z.array(z.object({ instance: z.string() }));

/** What the server noted in a round; times in milliseconds of real time, oldest first. */
export interface Noted {
  /** Every member that entered, and when its row was removed. */
  readonly members: z.output<typeof memberRows>;
  /** Every change of an owner. */
  readonly slots: z.output<typeof slotRows>;
  /** Every row of a guild that was written by a member which did not own its slot. */
  readonly strays: z.output<typeof strayRows>;
}

export const NOTHING_NOTED: Noted = { members: [], slots: [], strays: [] };

/** Makes the tables of the bot and those of the watch in an empty database, or in a restored one. */
export async function watchDatabase(ask: Ask): Promise<void> {
  await ensureSchema(ask);
  await ask(WATCH);
}

export async function readNoted(ask: Ask): Promise<Noted> {
  const members = await ask(
    `SELECT ${ms('m.at')} AS at, m.id, m.instance, ${ms('g.at')} AS gone
     FROM chaos_member m LEFT JOIN chaos_gone g ON g.id = m.id ORDER BY m.at`,
  );
  const slots = await ask(`SELECT ${ms('at')} AS at, n, former, owner FROM chaos_slot ORDER BY at`);
  const strays = await ask(
    `SELECT ${ms('at')} AS at, key, slot, member, owner FROM chaos_stray ORDER BY at`,
  );
  return {
    members: memberRows.parse(members),
    slots: slotRows.parse(slots),
    strays: strayRows.parse(strays),
  };
}

/** The instance that owns a slot; `undefined` if none does. */
export async function ownerOf(ask: Ask, slot: number): Promise<string | undefined> {
  const rows = await ask(
    'SELECT instance FROM slot JOIN member ON member.id = slot.owner WHERE n = $1',
    [slot],
  );
  return ownerRows.parse(rows)[0]?.instance;
}

/** How many calls of members that are gone were not notified yet that nothing began. */
export async function countUnnotified(ask: Ask): Promise<number> {
  const rows = await ask(
    `SELECT count(*)::int AS count FROM intent
     WHERE NOT EXISTS (SELECT 1 FROM member WHERE member.id = intent.member)`,
  );
  return countRows.parse(rows)[0].count;
}
