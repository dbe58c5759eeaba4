import { noticeKey, noticePrefix } from './notice-record.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import { rekeyAhead } from '../records/rekey-ahead.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import type { GuildSettingsStore } from '../../app/ports/guild-settings-port.ts';
import type { Ownership } from '../../app/ports/ownership-port.ts';
import type { NoticePort, Notices } from '../../app/ports/notice-port.ts';
import type { ProviderPause } from '../../app/ports/provider-pauses-port.ts';
import { slotOf } from '../../domain/slots.ts';
import { createSharedWork } from '../records/shared-work.ts';
import { currentRoute } from '../../domain/tasks/plan.ts';
import { noticeSchema } from '../../domain/notice.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { DAY_MS } from '../../domain/time-units.ts';

/** How many notices of a guild are kept; holds are listed elsewhere as well. */
const MAX_NOTICES = 20;

export interface NoticesDeps {
  readonly records: RecordStore;
  readonly guilds: GuildSettingsStore;
  readonly ownership: Ownership;
  readonly port: NoticePort;
  readonly clock: Clock;
  readonly log: Log;
}

async function noticeKeys({ records, clock }: NoticesDeps, guildId: string): Promise<string[]> {
  const prefix = noticePrefix(guildId);
  await rekeyAhead(records, prefix, clock.now());
  return records.keysUnder(prefix);
}

/** Whether a notice of the guild that is still kept says so; not where they cannot be read. */
async function isNotified(
  deps: NoticesDeps,
  guildId: string,
  says: (notice: Notice) => boolean,
): Promise<boolean> {
  try {
    return (await listNotices(deps, guildId)).some(says);
  } catch (cause) {
    deps.log.warn({ err: cause, guildId }, 'notices could not be read');
    return false;
  }
}

/** The notices of a guild, newest first. */
async function listNotices(deps: NoticesDeps, guildId: string): Promise<Notice[]> {
  const keys = await noticeKeys(deps, guildId);
  const values = await deps.records.getMany(keys.toReversed());
  return values.flatMap((value) => {
    const notice = noticeSchema.safeParse(value);
    return notice.success ? [notice.data] : [];
  });
}

/** Whether this other model of the route was reported within a day. */
async function isOtherModelKnown(
  deps: NoticesDeps,
  guildId: string,
  { route, named }: { readonly route: string; readonly named: string },
): Promise<boolean> {
  const since = deps.clock.now() - DAY_MS;
  return isNotified(
    deps,
    guildId,
    ({ at, about }) =>
      at > since && about.kind === 'other-model' && about.route === route && about.named === named,
  );
}

/** The guilds that this process serves and that have a channel for notices; in these slots, if given. */
async function guildsToNotify(
  { guilds, ownership, log }: NoticesDeps,
  slots?: ReadonlySet<number>,
): Promise<readonly string[]> {
  const all = await guilds.guildsWithNotices().catch((cause: unknown) => {
    log.warn({ err: cause }, 'guilds with a notice channel could not be read');
    return [];
  });
  return all.filter((id) => ownership.owns(id) && (slots === undefined || slots.has(slotOf(id))));
}

function madeBy(task: Task) {
  const { id: taskId, memberId } = task;
  return { taskId, memberId, route: currentRoute(task).route };
}

/** Keeps and posts notices. Never rejects. */
function createDelivery(deps: NoticesDeps) {
  const { records, guilds, port, clock, log } = deps;
  let sequence = 0;

  async function keep(guildId: string, notice: Notice): Promise<void> {
    sequence += 1;
    const key = noticeKey(guildId, notice.at, String(sequence).padStart(9, '0'));
    await records.write([{ key, value: notice }]);
    // Otherwise notices that a wrong clock dated ahead would outlive this one.
    const keys = await noticeKeys(deps, guildId);
    await records.remove(keys.slice(0, -MAX_NOTICES));
  }

  /** `keeping` may leave it out, and then resolves with `false`. */
  return async (
    guildId: string,
    about: Notice['about'],
    keeping: (work: () => Promise<void>) => Promise<boolean> = always,
  ): Promise<void> => {
    const notice: Notice = { at: clock.now(), about };
    try {
      if (!(await keeping(async () => keep(guildId, notice)))) return;
      const settings = await guilds.get(guildId);
      if (settings.notices !== undefined) await port.post(settings.notices, notice, settings);
    } catch (cause) {
      log.warn({ err: cause, guildId, notice: about.kind }, 'notice not delivered to the admins');
    }
  };
}

async function always(work: () => Promise<void>): Promise<true> {
  await work();
  return true;
}

/**
 * Notifies guilds of pauses, each of one pause once: a hand-over of the guild waits for what is being
 * kept here, and the next process finds it.
 */
function createPauseNotices(deps: NoticesDeps, notify: ReturnType<typeof createDelivery>) {
  const { ownership } = deps;
  const atOnce = createSharedWork<void>();
  return async (guildId: string, { id, provider, category }: ProviderPause): Promise<void> =>
    atOnce(`${id}:${guildId}`, async () => {
      const tenure = ownership.tenureOf(guildId);
      if (tenure === undefined) return;
      const about = { kind: 'provider-paused', provider, category, pauseId: id } as const;
      await notify(guildId, about, async (work) =>
        tenure.during(async () => {
          const isKnown = await isNotified(
            deps,
            guildId,
            (kept) => kept.about.kind === 'provider-paused' && kept.about.pauseId === id,
          );
          return !isKnown && !tenure.isOver() && always(work);
        }),
      );
    });
}

/** Creates the notices to admins: stored, and posted to the guild's notice channel. */
export function createNotices(deps: NoticesDeps): Notices {
  const notify = createDelivery(deps);
  const notifyOfPause = createPauseNotices(deps, notify);
  return {
    held: async (task) => notify(task.guildId, { kind: 'held', ...madeBy(task) }),
    heldAgain: async (task) => notify(task.guildId, { kind: 'held-again', ...madeBy(task) }),
    lostAccess: async ({ id: taskId, guildId, address }) =>
      notify(guildId, { kind: 'lost-access', taskId, channelId: address.channelId }),
    report: async ({ id: taskId, guildId, address: { channelId } }, memberId, messageId) =>
      notify(guildId, { kind: 'report', guildId, taskId, memberId, channelId, messageId }),
    async otherModel(task, named) {
      const { guildId } = task;
      const made = madeBy(task);
      if (await isOtherModelKnown(deps, guildId, { ...made, named })) return;
      await notify(guildId, { kind: 'other-model', ...made, named });
    },
    async galleryUnreachable(guildId, channelId) {
      const isKnown = await isNotified(
        deps,
        guildId,
        ({ about }) => about.kind === 'gallery' && about.channelId === channelId,
      );
      if (!isKnown) await notify(guildId, { kind: 'gallery', channelId });
    },
    providerPaused: notifyOfPause,
    async pauseHeardOf(pause, slots) {
      const guildIds = await guildsToNotify(deps, slots);
      await Promise.all(guildIds.map(async (id) => notifyOfPause(id, pause)));
    },
    list: async (guildId) => listNotices(deps, guildId),
  };
}
