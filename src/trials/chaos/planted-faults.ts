import type { Patch } from '../../tools/build/apply-patch.ts';

/** A fault to plant in a build of the bot, by replacing one text in one of its sources. */
export interface PlantedFault extends Patch {
  readonly name: string;
  /** How many processes it needs; it is played with one if not given. */
  readonly processes?: number;
}

const EARLY_CREATE = `await deps.begin(asQueued(task, undefined, deps.clock.now()), []);
    const answer = await call.acknowledge();
    if (answer.kind === 'acknowledged') return { kind: 'accepted' };`;

const RECORDS_AFTER = `const reserved = previous === UNRESERVED ? { reservation: task.id } : {};
    await ledger.post({ records: [], accounts, ...reserved });
    await records.write([...own, ...journalRecord(task), ...(isMarked ? [{ key: heldKey, value: 1 }] : [])]);
    void ({`;

const WINDOW_OF_THE_END = `if (next.money !== task.money && next.money.state === 'settled') {
        const day = new Date(deps.clock.now()).toISOString().slice(0, 10) + 'T00:00:00.000Z';
        const { guild, operator } = next.windows;
        next.windows = { guild: { ...guild, day }, operator: { ...operator, day } };
    }
    if (isHeld(next))`;

/** The answer of a create that left before its commit takes the place of the one after it. */
const CREATE_BEFORE_ITS_COMMIT = `const early = await provider.create(submission, deps.signals.sends);
        const atProvider = provider.create;
        const sending = await writeSubmitting(deps, task, submitting, attempts);
        provider.create = async () => { provider.create = atProvider; return early; };`;

/** Whatever was answered, and without another poll. */
const CANCELLED_AT_ONCE = `const answer = await cancelAtProvider(deps, provider, task, task.stage);
    if (answer !== undefined) {
        const { stage } = endWith({ kind: 'cancelled', isAtProvider: true }, deps.clock.now(), task.stage.providerTaskId);
        const next = await advance(deps, task, stage);
        deps.liveState.record(next, task);
        return { answer, next };
    }
    return { answer, next: stored };`;

/** Each create gets a task that it may be, as long as there are any left. */
const ANY_MATCH = `const pairs = [];
    for (const edge of group) if (!pairs.some((other) => isTouching(edge, other))) pairs.push(edge);
    if (pairs.length > 0) return pairs;
    const creates = new Set(`;

/** The calls that were left behind in the slots that a process takes. */
const OF_THE_DEAD = `WHERE slot = ANY ($1::smallint[])
    AND NOT EXISTS (SELECT 1 FROM member WHERE member.id = intent.member)`;

/** How many processes play a fault of several. */
const SEVERAL = 4;

/** The faults that the rounds must find. Each breaks one promise in a way that bots really do. */
export const PLANTED_FAULTS: readonly PlantedFault[] = [
  {
    name: 'submit-again-on-restart',
    file: 'domain/tasks/resume.ts',
    find: "return notifying('outcome-unknown', nowMs);",
    replace: "return { name: 'queued', creates: 0, notSent: 0, notBefore: 0 };",
  },
  {
    name: 'nonce-ignored',
    file: 'discord/rest/message-port.ts',
    find: 'enforce_nonce: true',
    replace: 'enforce_nonce: false',
  },
  {
    name: 'settled-before-the-record',
    file: 'store/tasks/task-store.ts',
    find: 'await ledger.post({',
    replace: RECORDS_AFTER,
  },
  {
    name: 'create-before-the-acknowledgement',
    file: 'app/accept/reply-first.ts',
    find: 'const answer = await call.acknowledge();',
    replace: EARLY_CREATE,
  },
  {
    name: 'quota-checked-outside-the-lock',
    file: 'app/accept/decide.ts',
    find: 'const decision = decideAdmission(deps, settings, admissionRequest, now);',
    replace: `const decision = decideAdmission(deps, settings, admissionRequest, now);
    await new Promise((resolve) => { setTimeout(resolve, 20); });`,
  },
  {
    name: 'post-repeated-on-time-out',
    file: 'worker/steps/submit-step.ts',
    find: '? provider.create(submission, deps.signals.sends)',
    replace: `? provider.create(submission, deps.signals.sends).then(async (answer) =>
        answer.kind === 'unknown' ? provider.create(submission, deps.signals.sends) : answer)`,
  },
  {
    name: 'redirect-unchecked',
    file: 'media/fetch-video.ts',
    find: 'discardBody(response);',
    replace: 'discardBody(response); await fetch(next).catch(() => undefined);',
  },
  {
    name: 'token-logged',
    file: 'app/accept/reply-first.ts',
    find: "}, 'task begun');",
    // Bypasses the logger, which would mask it.
    replace: "}, 'task begun'); console.error('begun', call.interactionToken);",
  },
  {
    name: '5xx-while-polling-ends-the-task',
    file: 'domain/tasks/transitions.ts',
    find: 'return postponed(stage, answer, moment);',
    replace: `{
            if (answer.kind === 'fault') {
                const refusal = { category: 'provider-trouble', message: 'HTTP 5xx' };
                return endWith({ kind: 'failed', refusal }, nowMs, providerTaskId);
            }
            return postponed(stage, answer, moment);
        }`,
  },
  {
    name: 'window-taken-at-settlement',
    file: 'worker/steps/advance.ts',
    find: 'if (isHeld(next))',
    replace: WINDOW_OF_THE_END,
  },
  {
    name: 'ceiling-lowered-by-an-admin',
    file: 'domain/ledger/money-sides.ts',
    find: 'return { money: nextMoney(sides.money, step), operatorMoney: operatorMoneyOf(sides) };',
    replace: 'return { money: nextMoney(sides.money, step) };',
  },
  {
    name: 'restored-task-sent-again',
    file: 'domain/tasks/restored.ts',
    find: 'if (!mayBeSent)',
    replace: 'if (mayBeSent || !mayBeSent)',
  },
  {
    name: 'create-before-its-commit',
    file: 'worker/steps/submit-step.ts',
    find: 'const sending = await writeSubmitting(deps, task, submitting, attempts);',
    replace: CREATE_BEFORE_ITS_COMMIT,
  },
  {
    name: 'intent-not-written',
    file: 'app/accept/reply-first.ts',
    find: 'const writing = intents.append(intent, task.guildId);',
    replace: 'const writing = undefined;',
  },
  {
    name: 'start-notifies-of-a-task-that-lives',
    file: 'app/unstarted-calls.ts',
    find: 'return (await store.isClaimed(interactionId)) || (await store.get(taskId)) !== undefined;',
    replace: 'return (await store.isClaimed(interactionId)) && interactionId === taskId;',
  },
  {
    name: 'claim-not-written',
    file: 'app/accept/write-first.ts',
    find: '...(claim === undefined ?',
    replace: '...(true ?',
  },
  {
    name: 'overrides-not-read',
    file: 'discord/access/why-restricted.ts',
    find: "if (access !== 'allowed')",
    replace: 'if (access === undefined)',
  },
  {
    name: 'deleted-under-another-task',
    file: 'domain/library/asset.ts',
    find: 'return uses.tasks.length + uses.names.length > 0;',
    replace: 'return uses.names.length > 0;',
  },
  {
    name: 'first-byte-not-looked-at',
    file: 'providers/send-once.ts',
    find: "connection?.hasSent() === true ? 'no-answer' : 'not-sent'",
    replace: "'not-sent'",
  },
  {
    name: 'next-route-after-an-unknown-create',
    file: 'domain/auto/switch-reason.ts',
    find: 'switch (answer.kind) {',
    replace: "if (answer.kind === 'unknown') return 'refused'; switch (answer.kind) {",
  },
  {
    name: 'next-route-above-what-is-reserved',
    file: 'domain/auto/next-route.ts',
    find: 'quote.micros <= reserved.cost',
    replace: 'quote.micros >= 0n',
  },
  {
    name: 'cancelled-whatever-is-answered',
    file: 'worker/steps/cancel-step.ts',
    find: 'return { answer: await cancelAtProvider(deps, provider, task, task.stage), next: stored };',
    replace: CANCELLED_AT_ONCE,
  },
  {
    name: 'lost-create-adopted-although-two-match',
    file: 'domain/tasks/match-lost.ts',
    find: 'const creates = new Set(',
    replace: ANY_MATCH,
  },
  {
    name: 'lost-create-not-found',
    file: 'domain/tasks/match-lost.ts',
    find: 'if (edges.length > MAX_EDGES)',
    replace: 'if (edges.length > 0)',
  },
  {
    name: 'reported-cost-ignored',
    file: 'domain/ledger/settlement.ts',
    find: 'const reported = bookable(quote.costReport, cost);',
    replace: 'const reported = cost === undefined ? undefined : undefined;',
  },
  {
    name: 'key-sent-to-a-redirect',
    file: 'media/fetch-video.ts',
    find: 'key: isHome ? key : undefined',
    replace: 'key: isHome ? key : key',
  },
  {
    name: 'budget-row-blind',
    file: 'store/postgres/budget-statements.ts',
    find: "SELECT min((settings -> 'budgets' ->> split_part($2, ':', 1))::numeric) AS ceiling FROM member",
    replace: 'SELECT NULL::numeric AS ceiling',
    processes: SEVERAL,
  },
  {
    name: 'failed-commit-not-read-back',
    file: 'store/accounts/write-for-sure.ts',
    find: 'if (!(await isOnDisk(deps, postings, rows))) throw cause;',
    replace: 'if (cause !== undefined || !(await isOnDisk(deps, postings, rows))) throw cause;',
  },
  {
    name: 'commit-without-a-fence',
    file: 'store/postgres/postgres-records.ts',
    find: 'SELECT 1 FROM member WHERE id = $1 FOR KEY SHARE',
    replace: "SELECT 1 WHERE $1::text <> ''",
    processes: SEVERAL,
  },
  {
    name: 'lease-not-looked-at',
    file: 'store/postgres/lease.ts',
    find: 'clock.elapsed() + ms < endsAtMs',
    replace: 'ms < Infinity || endsAtMs > 0',
    processes: SEVERAL,
  },
  {
    name: 'files-of-a-neighbour-removed',
    file: 'bot/open-media.ts',
    find: 'createVideoFiles(dataDir, shared?.instance)',
    replace: 'createVideoFiles(dataDir)',
    processes: SEVERAL,
  },
  {
    name: 'calls-of-a-neighbour-told',
    file: 'store/postgres/postgres-intents.ts',
    find: OF_THE_DEAD,
    replace: 'WHERE cardinality($1::smallint[]) > 0',
    processes: SEVERAL,
  },
];
