import { messagesFor } from '../../discord/messages/messages-for.ts';
import type { Messages } from '../../discord/messages/en.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { MessageView } from '../../simulators/discord/world/message-view.ts';
import type { Deed } from './deeds.ts';
import { hasForgotten } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { grouped } from './grouped.ts';

const LANGUAGES = ['en', 'zh-CN'] as const;

/** Checks what members and admins did with what there is: each thing once, and what they may. */
export function judgeDeeds(evidence: Evidence): Finding[] {
  const tasks = [...evidence.tasks.values()];
  return [
    ...tasks.flatMap((task) => judgePermissions(evidence, task)),
    ...tasks.flatMap((task) => judgeForwards(evidence, task)),
    ...judgeReports(evidence),
    ...judgeDeletions(evidence),
    ...judgeUndos(evidence),
  ];
}

/** Whether the video's caller did it: another member may report it and nothing else. */
export function didItsCaller(
  { deeds }: Pick<Evidence, 'deeds'>,
  task: Task,
  kind: Deed['kind'],
): boolean {
  return deeds.some(
    (deed) => deed.kind === kind && deed.taskId === task.id && deed.memberId === task.memberId,
  );
}

function judgePermissions(evidence: Evidence, task: Task): Finding[] {
  const add = (what: string): Finding[] => [{ kind: 'let-through', what, taskId: task.id }];
  return [
    ...(task.isShared === true && !didItsCaller(evidence, task, 'share')
      ? add('shared, but not by its caller')
      : []),
    ...(task.isErased === true &&
    !didItsCaller(evidence, task, 'delete') &&
    !hasForgotten(evidence, task)
      ? add('deleted, but not by its caller')
      : []),
  ];
}

/** The messages of a task, where they are or were. */
function isOfTask({ address }: Task, id: string): boolean {
  return id === address.messageId || id === address.repostId;
}

/** Checks that a video is in the gallery once, and only if its caller shared it. */
function judgeForwards(evidence: Evidence, task: Task): Finding[] {
  const forwards = evidence.messages.filter(
    ({ forwarded }) => forwarded !== undefined && isOfTask(task, forwarded.messageId),
  );
  if (forwards.length === 0) return [];
  const taskId = task.id;
  if (!didItsCaller(evidence, task, 'share')) {
    return [{ kind: 'let-through', what: 'forwarded, but not shared by its caller', taskId }];
  }
  // A restored store may not know of a forward, and its caller may share the video again.
  const most = evidence.restore === undefined ? 1 : 2;
  return forwards.length > most
    ? [{ kind: 'doubled', what: `forwarded ${forwards.length} times`, taskId }]
    : [];
}

/** Whether it was answered with these words, in whichever language the member has. */
function isAnswered(
  { handle }: Pick<Deed, 'handle'>,
  wordsOf: (messages: Messages) => string,
): boolean {
  const message = handle.message();
  const said = [message?.content, message?.text];
  return LANGUAGES.some((language) => said.includes(wordsOf(messagesFor(language))));
}

function judgeReports(evidence: Evidence): Finding[] {
  const { deeds, restore } = evidence;
  const reported = deeds.filter(
    (deed) => deed.kind === 'report' && isAnswered(deed, ({ second }) => second.menu.reported),
  );
  return [...grouped(reported, ({ taskId, memberId }) => `${taskId} ${memberId}`).values()]
    .filter((same) => same.length > (restore === undefined ? 1 : 2))
    .filter(([first]) => first === undefined || !hasForgotten(evidence, first))
    .map(([first]) => ({
      kind: 'doubled',
      what: 'reported twice by the same member',
      ...(first === undefined ? {} : { taskId: first.taskId }),
    }));
}

/** Checks that what was answered as deleted is gone: the message, its forward and the prompt. */
function judgeDeletions(evidence: Evidence): Finding[] {
  const { deeds, messages, restore } = evidence;
  const tasks = new Map<string, Task>([...evidence.tasks.values()].map((task) => [task.id, task]));
  return deeds
    .filter(
      (deed) => deed.kind === 'delete' && isAnswered(deed, ({ second }) => second.menu.deleted),
    )
    .flatMap(({ taskId }): Finding[] => {
      const task = tasks.get(taskId);
      // A restore may undo it, and forget the task.
      if (task === undefined || restore !== undefined) return [];
      const isShown = ({ id, forwarded, deleted }: MessageView): boolean =>
        !deleted && (isOfTask(task, id) || isOfTask(task, forwarded?.messageId ?? ''));
      if (task.isErased !== true) return [{ kind: 'off', what: 'deleted, but recorded', taskId }];
      return messages.some(isShown) ? [{ kind: 'off', what: 'deleted, but shown', taskId }] : [];
    });
}

/** Checks that a change of a setting was undone once, and then is. */
function judgeUndos({ settingChanges, records, restore }: Evidence): Finding[] {
  if (restore !== undefined) return [];
  return [...grouped(settingChanges, ({ guildId }) => guildId)].flatMap(([guildId, changes]) => {
    const undone = changes.map(
      ({ undos }) => undos.filter((handle) => handle.acknowledgement()?.kind === 'update').length,
    );
    const last = undone.at(-1) ?? 0;
    const findings: Finding[] = undone
      .filter((times) => times > 1)
      .map((times) => ({ kind: 'doubled', what: `a change was undone ${times} times` }));
    const isChanged = JSON.stringify(records.get(`guild:${guildId}`) ?? '').includes(
      '"assets":"everyone"',
    );
    if (last > 0 && isChanged) {
      findings.push({ kind: 'off', what: `a change in ${guildId} was undone, and is still made` });
    }
    return findings;
  });
}
