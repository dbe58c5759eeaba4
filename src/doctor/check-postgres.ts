import { join } from 'node:path';
import { botIdOf } from '../config/bot-id.ts';
import type { Config } from '../config/config.ts';
import { readFolderMark } from '../store/media-mark.ts';
import { differingSettings, renderGroups } from '../domain/differing-settings.ts';
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

/** What a start on it would be refused for. */
interface PostgresSettings extends Pick<Config, 'discord' | 'keptMedia' | 'secretKey'> {
  readonly store: { readonly url: string };
}

/** Checks a database on Postgres with the eyes of a start. Changes nothing in it. */
export async function checkPostgres(settings: PostgresSettings): Promise<Finding[]> {
  const { secretKey: key } = settings;
  const { url } = settings.store;
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
    ...(store === undefined ? [] : await claimFindings(settings, store)),
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
  const { schemaVersion: version, bytes, collation, processes, copiedAt } = store;
  const instances = processes.map(({ instance }) => instance);
  const moves = moveFindings(store);
  if (moves.length > 0) return moves;
  return [
    version === undefined ? ok(about, texts.none) : schemaFinding(place, { bytes, version }),
    ...(collation === 'C' ? [] : [fault(about, texts.collation(collation))]),
    ok(
      doctorTexts.bot.about,
      instances.length === 0 ? doctorTexts.bot.stopped : texts.runs(instances),
    ),
    ...differingSettings(processes).map((one) =>
      warning(one.setting, texts.differing(renderGroups(one))),
    ),
    ...restoreFindings(store),
    ...(store.isOnOtherServer && copiedAt === undefined ? [warning(about, texts.otherServer)] : []),
    ...keyFindings(store),
  ];
}

/** Whether a start with these settings would be one of the processes of a database. */
async function claimFindings(
  { discord, keptMedia: { folder, maxBytes } }: PostgresSettings,
  { botId, storeId, mediaMark, processes }: PostgresStoreInspection,
): Promise<Finding[]> {
  const { application, media } = texts;
  const ownId = botIdOf(discord.token);
  const isOther = botId !== undefined && ownId !== undefined && botId !== ownId;
  const findings = isOther ? [fault(application.about, application.other(ownId, botId))] : [];
  if (mediaMark === undefined || maxBytes === 0) return findings;
  const found = await readFolderMark(join(folder, storeId)).catch(() => undefined);
  if (found === mediaMark) return [...findings, ok(media.about, media.fits)];
  const other = processes.length > 0 ? fault(media.about, media.other) : undefined;
  return [...findings, other ?? warning(media.about, media.replaced)];
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
