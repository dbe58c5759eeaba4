import { randomUUID } from 'node:crypto';
import { pause } from '../app/pause.ts';
import { settingDigests } from '../config/shared-settings.ts';
import { createAdmission } from '../store/postgres/admission.ts';
import type { Admission } from '../store/postgres/admission.ts';
import { createBudgetRows } from '../store/postgres/budget-rows.ts';
import { connectionFault } from '../store/postgres/connection-faults.ts';
import { openMembership } from '../store/postgres/membership.ts';
import type { Membership } from '../store/postgres/membership.ts';
import { OwnFault } from '../store/postgres/own-fault.ts';
import { createPostgresIntents } from '../store/postgres/postgres-intents.ts';
import { createPostgresRecords, lightOf } from '../store/postgres/postgres-records.ts';
import { InstanceInUse } from '../store/postgres/session.ts';
import { createShareFit, openProviderShare } from '../store/postgres/provider-share.ts';
import type { ShareFit } from '../store/postgres/provider-share.ts';
import { createSharedBudgets, namedAmounts } from '../store/postgres/shared-budgets.ts';
import type { OpenedBudgets } from '../store/postgres/shared-budgets.ts';
import { lockStart, whileNoneStarts } from '../store/postgres/start-lock.ts';
import { StoreInUse } from '../store/records/process-lock.ts';
import type { StoreContext } from './bot-context.ts';
import { AGAIN_MS, backUpDatabase, hostInstance, once, requestsBy } from './open-postgres.ts';
import type { OpenedRecords } from './opened-records.ts';
import type { SharedSlots } from './shared-slots.ts';
import { warnOfSettings } from './warn-of-settings.ts';

/** Where this process becomes one of a database's, and under which name. */
interface Target {
  readonly url: string;
  /** `undefined`: the host's name and a number that is free. */
  readonly instance: string | undefined;
}

/** So many processes of one host get names of their own. */
const MAX_NUMBER = 64;

interface Deps {
  readonly slots: SharedSlots;
  readonly lockWaitMs: number;
}

/**
 * Becomes one of the processes of a database and opens it. No other one starts until `started` is called.
 * Rejects with advice if the database cannot be used.
 */
export async function joinDatabase(
  context: StoreContext,
  target: Target,
  { slots, lockWaitMs }: Deps,
): Promise<OpenedRecords> {
  const { log, resources, clock, aroundPostgres = (records) => records } = context;
  // From when it keeps others from starting; an attempt that found its name in use did not.
  let isStarting = false;
  const admission = admissionOf(context, lockWaitMs, () => !isStarting);
  const fit = createShareFit();
  const budgets = createSharedBudgets(context.config.budgets);
  const entering = { slots, admission, fit, budgets };
  const { membership, instance } = await enter(context, target, entering);
  isStarting = true;
  budgets.join(membership);
  warnOfSettings(context, membership);
  resources.own('store', async () => membership.close());
  const opened = openProviderShare({ membership, fit, clock, log, newToken: randomUUID });
  resources.own('provider share', opened.close);
  const { sessions } = membership;
  const light = lightOf(sessions);
  const endLock = await lockStart(sessions.current(), clock, lockWaitMs);
  const hasCompany = await membership.hasCompany();
  slots.join(membership);
  return {
    records: aroundPostgres(createPostgresRecords(sessions)),
    backUp: async (version) => backUpDatabase(context, target.url, version),
    shared: {
      instance,
      server: admission.server(),
      membership,
      share: opened.share,
      budgetRows: createBudgetRows(sessions),
      budgets,
      hasCompany,
      async started() {
        isStarting = false;
        await endLock();
      },
      whileNoneStarts: async (work) => whileNoneStarts(sessions.current(), work),
      createIntents: (cipher) => createPostgresIntents({ light, cipher, log }),
      requests: requestsBy(light),
    },
  };
}

function admissionOf(
  { stopping, clock, onFatal }: StoreContext,
  waitMs: number,
  mayReturn: () => boolean,
): Admission {
  return createAdmission({
    wait: {
      waitMs,
      isShared: true,
      stopping,
      elapsed: () => clock.elapsed(),
      sleep: async (ms) => pause(clock, ms, stopping),
    },
    againMs: AGAIN_MS,
    onFatal: once(onFatal),
    mayReturn,
  });
}

interface Entering extends Pick<Deps, 'slots'> {
  readonly admission: Admission;
  readonly fit: ShareFit;
  readonly budgets: OpenedBudgets;
}

interface Entered {
  readonly membership: Membership;
  readonly instance: string;
}

/** Enters under its name; one without a name gets the first number that no process of this host has. */
async function enter(
  context: StoreContext,
  { url, instance: given }: Target,
  { slots, admission, fit, budgets }: Entering,
): Promise<Entered> {
  const { config, log, stopping, clock, leaseTimes } = context;
  const settings = { digests: settingDigests(config), budgets: namedAmounts(config.budgets) };
  for (let number = 1; ; number += 1) {
    const instance = given ?? `${hostInstance()}-${number}`;
    try {
      const membership = await openMembership({
        ...leaseTimes,
        url,
        instance,
        clock,
        log,
        admit: admission.admit,
        newMember: randomUUID,
        work: slots.work,
        shards: config.discord.shardCount ?? 1,
        fitsShare: fit.fitsShare,
        settings,
        applied: budgets.applied,
        waits: true,
        waitsForName: given !== undefined,
      });
      return { membership, instance };
    } catch (cause) {
      if (cause instanceof InstanceInUse) {
        if (given === undefined && number < MAX_NUMBER) continue;
        throw new StoreInUse(sameName(instance), { cause });
      }
      if (cause instanceof OwnFault || cause instanceof StoreInUse || stopping.aborted) throw cause;
      throw connectionFault(cause);
    }
  }
}

function sameName(instance: string): string {
  return `another process of this database is called ${instance} and still lives; give each process an INSTANCE of its own`;
}
