import type { HistoryPage, HistoryStart } from '../../app/ports/history-port.ts';
import { promptOf } from '../../domain/tasks/task-request.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { ComponentType, TimestampStyles, time } from '../discord-js.ts';
import { actionButton } from '../render/buttons.ts';
import { escapeUserText, shorten } from '../render/escape-user-text.ts';
import type { Frame, Part, Row } from '../layout/layout.ts';
import { titleText } from '../layout/title-text.ts';
import type { PrivateMessage } from '../replies.ts';
import { endWord } from './end-word.ts';
import { historyLines } from './history-lines.ts';
import type { LineContext } from './history-lines.ts';

/** The actions of the buttons below a list. The id of the first two is a task's, of the others a page's. */
export const PAGE_ACTIONS = {
  older: 'history-older',
  newer: 'history-newer',
  searchOlder: 'search-older',
  searchNewer: 'search-newer',
} as const;
/** Opens a task of the list; its id is that of the first one. */
export const OPEN_ACTION = 'history-open';

/** Discord's limit for the label and the description of an option. */
const OPTION_MAX = 100;

/** What was searched for, and the id under which that is remembered. */
export interface ShownPage {
  readonly page: HistoryPage;
  readonly search: { readonly text: string; readonly pageId: string } | undefined;
  readonly retentionDays: number;
}

/** A page of a member's own tasks, with buttons to the next ones and a select that opens one. */
export function historyAnswer(shown: ShownPage, context: LineContext): PrivateMessage {
  const { page } = shown;
  const { history: words, usageCommand } = context.messages;
  const rows = [...openRow(page, context), ...pageRow(shown, context)];
  const notes = [
    ...(page.stoppedAt === undefined ? [] : [words.stopped(dateOf(page.stoppedAt))]),
    ...(page.older === undefined ? [words.kept(shown.retentionDays)] : []),
  ].map((note) => `-# ${note}`);
  const isEmpty = page.tasks.length === 0;
  const parts: readonly Part[] = [
    { kind: 'text', text: isEmpty ? emptyText(shown, words) : titleText(titleOf(shown, words)) },
    { kind: 'lines', lines: historyLines(page.tasks, context) },
    ...(notes.length === 0
      ? []
      : ([{ kind: 'divider' }, { kind: 'text', text: notes.join('\n') }] as const)),
  ];
  const frame: Frame = { kind: 'frame', parts };
  const blocks = [frame, ...rows.map((row) => ({ kind: 'row', row }) as const)];
  return { layout: { blocks, more: usageCommand.sum.more } };
}

function titleOf({ search }: ShownPage, words: LineContext['messages']['history']): string {
  if (search === undefined) return words.title;
  return words.titleFound(escapeUserText(search.text, OPTION_MAX));
}

function emptyText({ page, search }: ShownPage, words: LineContext['messages']['history']): string {
  if (page.newer !== undefined || page.older !== undefined) return words.noneHere;
  return search === undefined ? words.none : words.noneFound;
}

function dateOf(ms: number): string {
  return time(Math.floor(ms / 1000), TimestampStyles.ShortDateTime);
}

function pageRow({ page, search }: ShownPage, { messages }: LineContext): Row[] {
  const { history: words } = messages;
  const { older, newer } = page;
  const buttons = [
    ...idOf(newer, search).map((id) =>
      actionButton([search ? PAGE_ACTIONS.searchNewer : PAGE_ACTIONS.newer, id], words.newer),
    ),
    ...idOf(older, search).map((id) =>
      actionButton([search ? PAGE_ACTIONS.searchOlder : PAGE_ACTIONS.older, id], words.older),
    ),
  ];
  return buttons.length === 0 ? [] : [buttons];
}

/** The id of a button: none where there is no such page. */
function idOf(start: HistoryStart | undefined, search: ShownPage['search']): string[] {
  if (start === undefined || start.from === 'newest') return [];
  return [search?.pageId ?? start.than];
}

/** An option shows no markup, so the words are as they were typed. */
function labelOf(task: Task, words: LineContext['messages']['history']): string {
  return (promptOf(task) ?? words.promptUnreadable).replaceAll(/\s+/g, ' ');
}

function openRow({ tasks }: HistoryPage, { messages }: LineContext): Row[] {
  const [first] = tasks;
  if (first === undefined) return [];
  const { history: words } = messages;
  const options = tasks.map((task, index) => ({
    label: shorten(`${index + 1}. ${labelOf(task, words)}`, OPTION_MAX),
    description: words.ends[endWord(task)],
    value: task.id,
  }));
  return [
    [
      {
        type: ComponentType.StringSelect,
        custom_id: `${OPEN_ACTION}:${first.id}`,
        placeholder: words.open,
        options,
      },
    ],
  ];
}
