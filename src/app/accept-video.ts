import { randomUUID } from 'node:crypto';
import type { Fault } from '../domain/routes/fault.ts';
import type { Language } from '../domain/language.ts';
import type { VideoRequest } from '../domain/routes/request.ts';
import type { Route } from '../domain/routes/route.ts';
import { routesTaking, validateRequest } from '../domain/routes/validate.ts';
import { effectiveRatio, effectiveResolution, toSubmission } from '../domain/tasks/submission.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { Clock, Log, TaskStore } from './ports.ts';
import type { ProviderPauses } from './provider-pauses.ts';

/** After this the caller is told that the bot is busy: Discord waits 3 s for the first answer. */
const DECISION_LIMIT_MS = 2000;

/** One `/video` as called. */
export interface VideoCall {
  readonly interactionId: string;
  readonly interactionToken: string;
  readonly applicationId: string;
  /** When the interaction arrived, in milliseconds. */
  readonly receivedAt: number;
  readonly guildId: string;
  readonly channelId: string;
  readonly memberId: string;
  readonly language: Language;
  readonly attachmentLimitBytes: number;
  readonly route: Route;
  readonly request: VideoRequest;
  /** Makes the public reply: the claim on the interaction. */
  readonly acknowledge: () => Promise<Acknowledgement>;
}

/** Whether the public reply stands. `unclear`: Discord's answer never came. */
export type Acknowledgement =
  | { readonly kind: 'acknowledged'; readonly messageId: string | undefined }
  | { readonly kind: 'taken-by-another' }
  | { readonly kind: 'refused' | 'unclear'; readonly detail: string };

/** Anything but `accepted` and the last three is to be answered, to the caller alone. */
export type Acceptance =
  | { readonly kind: 'refused'; readonly faults: Fault[]; readonly alternatives: Route[] }
  | { readonly kind: 'provider-paused'; readonly until: number }
  | { readonly kind: 'busy' }
  | { readonly kind: 'store-down'; readonly reference: string }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'not-acknowledged' };

export interface AcceptVideoDeps {
  readonly store: TaskStore;
  readonly pauses: ProviderPauses;
  readonly routesOn: readonly Route[];
  readonly clock: Clock;
  readonly log: Log;
  /** Hands a task that has begun to the worker. */
  readonly begin: (task: Task) => void;
}

export type AcceptVideo = (call: VideoCall) => Promise<Acceptance>;

/**
 * Decides a `/video` and begins its task: judged, written as about to be acknowledged,
 * acknowledged, written as queued. It begins only when the last of these has happened.
 */
export function createAcceptVideo(deps: AcceptVideoDeps): AcceptVideo {
  /** Interactions being decided: the same one may be delivered twice. */
  const underWay = new Set<string>();

  return async (call) => {
    const { route, request } = call;
    const faults = validateRequest(route, request);
    if (faults.length > 0) {
      return { kind: 'refused', faults, alternatives: routesTaking(request, deps.routesOn, route) };
    }
    const pausedUntil = deps.pauses.until(route.provider);
    if (pausedUntil !== undefined) return { kind: 'provider-paused', until: pausedUntil };
    if (underWay.has(call.interactionId)) return { kind: 'duplicate' };
    underWay.add(call.interactionId);
    try {
      return await writeAndAcknowledge(deps, call);
    } finally {
      underWay.delete(call.interactionId);
    }
  };
}

async function writeAndAcknowledge(deps: AcceptVideoDeps, call: VideoCall): Promise<Acceptance> {
  const task = newTask(call);
  const written = writeFirst(deps, task);
  const decided = await withinLimit(deps.clock, call, written);
  if (decided === 'late') {
    void written.then(async (result) => forgetLate(deps, task, result));
    return { kind: 'busy' };
  }
  if (decided !== 'written') return decided;
  return acknowledge(deps, call, task);
}

type FirstWrite = 'written' | Extract<Acceptance, { kind: 'duplicate' | 'store-down' }>;

async function writeFirst(deps: AcceptVideoDeps, task: Task): Promise<FirstWrite> {
  try {
    if (await deps.store.has(task.id)) return { kind: 'duplicate' };
    await deps.store.create(task);
    return 'written';
  } catch (cause) {
    const reference = randomUUID().slice(0, 8);
    deps.log.error({ err: cause, taskId: task.id, reference }, 'store does not answer');
    return { kind: 'store-down', reference };
  }
}

async function withinLimit(
  clock: Clock,
  call: VideoCall,
  written: Promise<FirstWrite>,
): Promise<FirstWrite | 'late'> {
  let cancel: (() => void) | undefined;
  const late = new Promise<'late'>((resolve) => {
    const left = call.receivedAt + DECISION_LIMIT_MS - clock.now();
    cancel = clock.after(left, () => {
      resolve('late');
    });
  });
  try {
    return await Promise.race([written, late]);
  } finally {
    cancel?.();
  }
}

/** The caller was told "busy": what was written late must not begin after all. */
async function forgetLate(deps: AcceptVideoDeps, task: Task, result: FirstWrite): Promise<void> {
  if (result === 'written') await endQuietly(deps, task);
}

async function acknowledge(
  deps: AcceptVideoDeps,
  call: VideoCall,
  task: Task,
): Promise<Acceptance> {
  const answer = await call.acknowledge();
  switch (answer.kind) {
    case 'acknowledged': {
      const begun: Task = {
        ...task,
        address: { ...task.address, messageId: answer.messageId },
        stage: { name: 'queued', creates: 0, notSent: 0, notBefore: deps.clock.now() },
      };
      try {
        await deps.store.save(begun);
      } catch (cause) {
        deps.log.error({ err: cause, taskId: task.id }, 'acknowledged task could not be written');
        // Still "acknowledging" in the store: the worker tells that it never began.
        deps.begin(task);
        return { kind: 'accepted' };
      }
      deps.log.info({ taskId: task.id, route: call.route.id, guildId: call.guildId }, 'task begun');
      deps.begin(begun);
      return { kind: 'accepted' };
    }
    case 'unclear':
      deps.log.warn({ taskId: task.id, detail: answer.detail }, 'acknowledgement unclear');
      // Nothing is owed; where the reply stands after all, the worker makes it say so.
      deps.begin(task);
      return { kind: 'not-acknowledged' };
    case 'refused':
    case 'taken-by-another':
      deps.log.warn({ taskId: task.id, answer: answer.kind }, 'interaction not acknowledged');
      await endQuietly(deps, task);
      return { kind: 'not-acknowledged' };
  }
}

function newTask(call: VideoCall): Task {
  const { route, request } = call;
  const ratio = effectiveRatio(route, request.ratio);
  return {
    id: call.interactionId,
    guildId: call.guildId,
    memberId: call.memberId,
    language: call.language,
    acceptedAt: call.receivedAt,
    settings: {
      route: route.id,
      durationSeconds: request.durationSeconds ?? route.duration.default,
      resolution: effectiveResolution(route, request.resolution),
      ...(ratio === undefined ? {} : { ratio }),
    },
    attachmentLimitBytes: call.attachmentLimitBytes,
    address: {
      applicationId: call.applicationId,
      channelId: call.channelId,
      tokenSince: call.receivedAt,
      rung: 'webhook',
    },
    stage: { name: 'acknowledging' },
    secrets: {
      submission: toSubmission(route, request),
      interactionToken: call.interactionToken,
    },
  };
}

async function endQuietly(deps: AcceptVideoDeps, task: Task): Promise<void> {
  const endedAt = deps.clock.now();
  await deps.store.end({
    ...task,
    stage: { name: 'ended', outcome: { kind: 'never-began' }, endedAt, told: false },
  });
}
