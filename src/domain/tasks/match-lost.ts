/** Fields of a create's body, as text in lower case: what a listed task says of them. */
export type ListedFacts = Readonly<Record<string, string>>;

/** What it should say of them: one text, or any of several. */
export type ExpectedFacts = Readonly<Record<string, string | readonly string[]>>;

/** A task that a provider lists. */
export interface ListedTask {
  readonly providerTaskId: string;
  /** When the provider made it, in milliseconds. */
  readonly createdAt: number;
  /** Of a task that has not ended, some may be missing. */
  readonly facts: ListedFacts;
}

/** A create of which the bot does not know whether the provider made a task of it. */
export interface LostCreate {
  readonly taskId: string;
  /** Between these the provider made the task, if it did; in milliseconds. */
  readonly from: number;
  readonly until: number;
  readonly facts: ExpectedFacts;
}

/** With more pairs than this nothing is certain, and finding out takes long. */
const MAX_EDGES = 2000;

/**
 * Which listed task each lost create became, by task: only what is certain. Tasks and creates that may
 * belong together are one group. A group counts only if every create of it gets a task, every task a
 * create, and that in exactly one way. `listed` must not contain tasks whose create is known.
 */
export function matchLost(
  lost: readonly LostCreate[],
  listed: readonly ListedTask[],
): ReadonlyMap<string, ListedTask> {
  // A list may show a task twice.
  const tasks = [...new Map(listed.map((task) => [task.providerTaskId, task])).values()];
  const edges = lost.flatMap((create) =>
    tasks.filter((task) => mayBe(create, task)).map((task): Edge => ({ create, task })),
  );
  if (edges.length > MAX_EDGES) return new Map();
  return new Map(
    groupsOf(edges)
      .flatMap(onlyWay)
      .map(({ create, task }) => [create.taskId, task]),
  );
}

/** A listed task that a create may have become. */
interface Edge {
  readonly create: LostCreate;
  readonly task: ListedTask;
}

/** Whether a listed task may be of this create: nothing that the list says contradicts it. */
function mayBe({ from, until, facts }: LostCreate, task: ListedTask): boolean {
  if (task.createdAt < from || task.createdAt > until) return false;
  return Object.entries(facts).every(([field, expected]) => {
    const listed = task.facts[field];
    return listed === undefined || [expected].flat().includes(listed);
  });
}

/** The edges in groups that have neither a create nor a task in common. */
function groupsOf(edges: readonly Edge[]): readonly (readonly Edge[])[] {
  return edges.reduce<readonly (readonly Edge[])[]>((groups, edge) => {
    const touches = (group: readonly Edge[]): boolean =>
      group.some((other) => isTouching(edge, other));
    const others = groups.filter((group) => !touches(group));
    return [...others, [...groups.filter(touches).flat(), edge]];
  }, []);
}

function isTouching(edge: Edge, other: Edge): boolean {
  return edge.create === other.create || edge.task === other.task;
}

/**
 * The one way to give every create of a group a task, and every task a create; empty if there is none
 * or more than one. Where there is exactly one, some create has a single task left at every step.
 */
function onlyWay(group: readonly Edge[]): readonly Edge[] {
  const creates = new Set(group.map(({ create }) => create));
  const tasks = new Set(group.map(({ task }) => task));
  if (creates.size !== tasks.size) return [];
  const way: Edge[] = [];
  let left = group;
  while (left.length > 0) {
    const forced = left.find((edge) =>
      left.every((other) => edge === other || edge.create !== other.create),
    );
    if (forced === undefined) return [];
    way.push(forced);
    left = left.filter((other) => !isTouching(forced, other));
  }
  return way.length === creates.size ? way : [];
}
