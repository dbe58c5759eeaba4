import { inspectPostgres } from '../store/postgres/inspect-postgres.ts';
import type {
  PostgresInspection,
  PostgresStoreInspection,
} from '../store/postgres/inspect-postgres.ts';
import { placeOf } from '../store/postgres/place-of.ts';
import { restoreFindings, schemaFinding, moveFindings } from './check-store.ts';
import { fault, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { postgresTexts as texts } from './postgres-texts.ts';
import { doctorTexts } from './texts.ts';

const { about } = doctorTexts.store;

/** What one process takes. */
const CONNECTIONS = 3;
/** A difference of clocks that is worth a word, in milliseconds. */
const SKEW_MS = 2000;

/** Checks a database on Postgres with the eyes of a start. Changes nothing in it. */
export async function checkPostgres(url: string, key: Uint8Array | undefined): Promise<Finding[]> {
  let found: PostgresInspection;
  try {
    found = await inspectPostgres(url, key);
  } catch (cause) {
    return [refusal(cause)];
  }
  const { version, connectionsLeft, aheadMs, store } = found;
  return [
    ok(about, texts.server(placeOf(url), version)),
    ...(store === undefined ? [ok(about, texts.none)] : storeFindings(placeOf(url), store)),
    connectionFinding(connectionsLeft),
    clockFinding(aheadMs),
  ];
}

/** What a start would say, in its two parts. */
function refusal(cause: unknown): Finding {
  const said = cause instanceof Error ? cause.message : doctorTexts.unknownFault;
  const [, text = said, advice = doctorTexts.store.checkUrl] = /^(.*?)\. (.*)$/s.exec(said) ?? [];
  return fault(about, { text, advice });
}

function storeFindings(place: string, store: PostgresStoreInspection): Finding[] {
  const { schemaVersion: version, bytes, collation, instances, copiedAt } = store;
  const moves = moveFindings(store);
  if (moves.length > 0) return moves;
  return [
    version === undefined ? ok(about, texts.none) : schemaFinding(place, { bytes, version }),
    ...(collation === 'C' ? [] : [fault(about, texts.collation(collation))]),
    ok(
      doctorTexts.bot.about,
      instances.length === 0 ? doctorTexts.bot.stopped : texts.runs(instances),
    ),
    ...restoreFindings(store),
    ...(store.isOnOtherServer && copiedAt === undefined ? [warning(about, texts.otherServer)] : []),
    ...keyFindings(store),
  ];
}

function keyFindings({ keyFits }: PostgresStoreInspection): Finding[] {
  if (keyFits === undefined) return [];
  const { key } = doctorTexts;
  return [keyFits ? ok(key.about, texts.key.fits) : fault(key.about, texts.key.other)];
}

function connectionFinding(left: number): Finding {
  const { connections } = texts;
  if (left < CONNECTIONS) return fault(connections.about, connections.none(left));
  return left < 2 * CONNECTIONS
    ? warning(connections.about, connections.few(left))
    : ok(connections.about, connections.left(left));
}

function clockFinding(aheadMs: number): Finding {
  const { clock } = texts;
  const ms = Math.abs(aheadMs);
  if (ms <= SKEW_MS) return ok(clock.about, clock.fits);
  return warning(clock.about, clock.differs((ms / 1000).toFixed(1), aheadMs > 0));
}
