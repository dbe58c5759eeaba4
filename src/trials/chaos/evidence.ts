import type { BotProcess } from '../../sandbox/bot-process.ts';
import type { MessageView } from '../../simulators/discord/world/message-view.ts';
import type { SimulatedAsset } from '../../simulators/providers/library/simulated-asset.ts';
import type { RecordedRequest } from '../../simulators/providers/recorded-request.ts';
import type { SimulatedTask } from '../../simulators/providers/simulated-task.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import type { HoldAction, HoldEnd } from '../../app/hold-actions.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import { digestOf } from './digest.ts';
import type { Deed, Forget, Naming, SeenDeletion, SettingChange } from './deeds.ts';
import type { SeenCall } from './library-calls.ts';
import type { ReportedCharge } from './reported-records.ts';
import type { PricesOfRound, UploadPrices } from './round-world.ts';
import type { SharedMedium } from './shared-media.ts';
import type { Concerned, Incident } from './incidents.ts';
import { machineFaultIn } from './machine-faults.ts';
import type { Company } from './company.ts';
import type { Noted } from './watch-database.ts';
import type { BotRun } from './supervisor.ts';
import type { SentCommand } from './sent-command.ts';

/** A limit of videos a day for each member of a guild. */
export interface Quota {
  readonly guildId: string;
  readonly limit: number;
}

/** By `npm run backup`, the store's files by hand, or the whole folder with its attempt log. */
export type CopyKind = 'backup' | 'hand' | 'folder';

/** A restore of the store from a copy. */
export interface Restore {
  readonly kind: CopyKind;
  /** The copy's tasks, by interaction id. */
  readonly copied: ReadonlyMap<string, Task>;
  /** Interactions from before the restore that are not in the copy. */
  readonly forgotten: ReadonlySet<string>;
  /** The ids of all messages posted before the restore. */
  readonly posted: ReadonlySet<string>;
  /** When the copy was made, and when it was put in place, in milliseconds of real time. */
  readonly copiedAtMs: number;
  readonly restoredAtMs: number;
  /** False when the bot cannot detect it: a copy by hand after which no line was written. */
  readonly isDetectable: boolean;
}

/** A request to end one unconfirmed charge. */
export type RequestedEnd =
  | { readonly by: 'admin'; readonly taskId: string; readonly end: HoldAction }
  | {
      readonly by: 'operator';
      readonly taskId: string;
      readonly end: HoldEnd;
      readonly requestId: string;
      /** Whether the bot carried it out; `undefined` until it answers. */
      isDone?: boolean;
      /** Whether its files were lost when a snapshot replaced the whole folder. */
      isGone?: boolean;
    };

/** Everything a round is judged by: what each side recorded, read after the last stop. */
export interface Evidence {
  readonly commands: readonly SentCommand[];
  /** Members whom the admins keep from `/video`. */
  readonly outsiderIds: ReadonlySet<string>;
  /** Tasks without their secrets, by interaction id; also those that were erased meanwhile. */
  readonly tasks: ReadonlyMap<string, Task>;
  /** All other records of the store, as read. */
  readonly records: ReadonlyMap<string, unknown>;
  /** Every create that a provider accepted. */
  readonly clips: readonly SimulatedTask[];
  readonly providerRequests: readonly RecordedRequest[];
  /** The requests to libraries, oldest first. */
  readonly libraryCalls: readonly SeenCall[];
  /** Everything that was put into a library. */
  readonly assets: readonly SimulatedAsset[];
  /** The files that members attach again and again. */
  readonly media: readonly SharedMedium[];
  /** What videos cost, by price key. */
  readonly prices: PricesOfRound;
  readonly uploadPrices: UploadPrices;
  /** What admins gave names, or tried to. */
  readonly namings: readonly Naming[];
  /** The charges for uploads of named media, by id, whether they were written or not. */
  readonly charges: ReadonlyMap<string, ReportedCharge>;
  /** What the bot deleted in a library. */
  readonly deletions: readonly SeenDeletion[];
  /** The tasks whose creates were still searched for when nothing failed any more. */
  readonly searched: readonly string[];
  /** The deletions of members' data. */
  readonly forgets: readonly Forget[];
  readonly messages: readonly MessageView[];
  /** The interactions whose message said at any time that nothing began. */
  readonly denied: ReadonlySet<string>;
  /** The interaction for which the bot posted a new message, by the message's id. */
  readonly posts: ReadonlyMap<string, string>;
  /** The SHA-256 of each attachment, by attachment id. */
  readonly digests: ReadonlyMap<string, string>;
  /** The provider's task whose clip an attachment shows that is not its file, by attachment id. */
  readonly shrunk: ReadonlyMap<string, string>;
  readonly runs: readonly BotRun[];
  /** What the server of the database noted of several processes. */
  readonly noted: Noted;
  readonly suspensions: Company['suspensions'];
  readonly delays: Company['delays'];
  /** The log lines and standard error of every process of the round. */
  readonly lines: readonly string[];
  readonly incidents: readonly Incident[];
  /** The limit set in one guild; `undefined` when there is none. */
  readonly quota: Quota | undefined;
  /** The operator's budget for a day over all guilds; `undefined` when there is none. */
  readonly budget: Micros | undefined;
  /** `undefined` when the store was not restored. */
  readonly restore: Restore | undefined;
  /** All requests to end unconfirmed charges. */
  readonly holdEnds: readonly RequestedEnd[];
  /** Discord's time at the start and at the end of the round. */
  readonly time: { readonly started: number; readonly ended: number };
  readonly deleted: ReadonlySet<string>;
  readonly deeds: readonly Deed[];
  readonly settingChanges: readonly SettingChange[];
  readonly trapHits: number;
  /** How many requests had a key to a server that is no provider. */
  readonly mirroredKeys: number;
  /** Texts that no log line may contain. */
  readonly secrets: readonly string[];
  /** Whether every task ended within the round's time limit. */
  readonly hasEnded: boolean;
}

export function linesOf(runs: readonly BotRun[]): string[] {
  return runs.flatMap(({ bot }: { bot: BotProcess }) => [...bot.lines, ...bot.errors]);
}

/** Reads the machine's faults from the bot's output. */
export function incidentsIn(lines: readonly string[]): Incident[] {
  return lines.flatMap((line) => {
    const what = machineFaultIn(line);
    return what === undefined ? [] : [{ what }];
  });
}

export function digestsOf({ discord }: Testbed): Map<string, string> {
  const attachments = discord.messages().flatMap((message) => message.attachments);
  return new Map(
    attachments.flatMap(({ id }) => {
      const bytes = discord.attachmentBytes(id);
      return bytes === undefined ? [] : [[id, digestOf(bytes)] as const];
    }),
  );
}

/** Whether an incident matches, among those of one command or, without one, of the whole round. */
export function hasIncident({ incidents }: Evidence, what: RegExp, concerned?: Concerned): boolean {
  return incidents.some(
    (incident) =>
      what.test(incident.what) &&
      (concerned === undefined ||
        (incident.label === concerned.label &&
          (incident.interactionId === undefined ||
            incident.interactionId === concerned.handle?.id))),
  );
}

/** Whether a member had their data deleted, and with it what the bot knew of their calls. */
export function hasForgotten(
  { forgets }: Pick<Evidence, 'forgets'>,
  { memberId }: { readonly memberId: string },
): boolean {
  return forgets.some((one) => one.memberId === memberId);
}
