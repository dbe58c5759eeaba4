import { createLane, removeFrom, takeDue } from './lane.ts';
import type { Lane, LaneGroup, Waiting } from './lane.ts';

/** The limits of lanes by their names. */
export interface LaneRules {
  /** How many steps of a lane may run at once; may change over time. */
  readonly laneLimit: (lane: string) => number;
  /** The group of a lane; `undefined`, or without this function, when only its own limit counts. */
  readonly laneGroup?: (lane: string) => GroupRule | undefined;
}

export interface GroupRule {
  readonly name: string;
  /** How many steps of all its lanes may run at once. */
  readonly limit: number;
}

/** A turn that was taken; it runs until `end` is called with it. */
export interface TakenTurn {
  readonly turn: Waiting;
  readonly name: string;
  readonly lane: Lane;
}

/** All lanes that have tasks. Lanes come and go: downloads have one for each host. */
export interface Lanes {
  push(name: string, turn: Waiting): void;
  /** Takes all turns that are due and have room, and returns when the next one is due. */
  takeDue(
    elapsed: number,
    isReplaced: (turn: Waiting) => boolean,
  ): { readonly taken: readonly TakenTurn[]; readonly nextAt: number };
  end(taken: TakenTurn): void;
  /** Removes the turns of tasks that wait. */
  remove(taskIds: ReadonlySet<string>): void;
}

/** Creates empty lanes. */
export function createLanes({ laneLimit, laneGroup }: LaneRules): Lanes {
  /** The lane that started a step last comes last, so that the lanes of a group take turns. */
  const lanes = new Map<string, Lane>();
  const groups = new Map<string, LaneGroup>();

  const newLane = (name: string): Lane => {
    const rule = laneGroup?.(name);
    if (rule === undefined) return createLane(() => laneLimit(name));
    const group = groups.get(rule.name) ?? { limit: rule.limit, running: 0 };
    groups.set(rule.name, group);
    return createLane(() => laneLimit(name), group);
  };
  return {
    push(name, turn) {
      const lane = lanes.get(name) ?? newLane(name);
      lanes.set(name, lane);
      lane.queue.push(turn);
    },
    takeDue(elapsed, isReplaced) {
      const taken: TakenTurn[] = [];
      let earliest = Infinity;
      for (const [name, lane] of lanes) {
        const { due, nextAt } = takeDue(lane, elapsed, isReplaced);
        earliest = Math.min(earliest, nextAt);
        changeRunning(lane, due.length);
        for (const turn of due) taken.push({ turn, name, lane });
        if (lane.queue.length === 0 && lane.running === 0) lanes.delete(name);
      }
      for (const { name, lane } of taken) {
        lanes.delete(name);
        lanes.set(name, lane);
      }
      return { taken, nextAt: earliest };
    },
    end({ lane }) {
      changeRunning(lane, -1);
    },
    remove(taskIds) {
      for (const lane of lanes.values()) removeFrom(lane, taskIds);
    },
  };
}

function changeRunning(lane: Lane, by: number): void {
  lane.running += by;
  if (lane.group !== undefined) lane.group.running += by;
}
