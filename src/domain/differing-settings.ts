/** A process, and what stands for the values of its settings. */
export interface ProcessSettings {
  readonly instance: string;
  /** By the names of the settings; `undefined` for a process that does not say. */
  readonly digests: Readonly<Record<string, string>> | undefined;
}

/** A setting, and the processes that have the same value of it. */
export interface DifferingSetting {
  readonly setting: string;
  /** The names of the processes, in groups; the largest first. */
  readonly groups: readonly (readonly string[])[];
}

/** The settings that are not the same for all processes. One that a process does not say has no part. */
export function differingSettings(processes: readonly ProcessSettings[]): DifferingSetting[] {
  const names = new Set(processes.flatMap(({ digests = {} }) => Object.keys(digests)));
  return [...names].toSorted().flatMap((setting) => {
    const groups = new Map<string, string[]>();
    for (const { instance, digests } of processes) {
      const digest = digests?.[setting];
      if (digest === undefined) continue;
      groups.set(digest, [...(groups.get(digest) ?? []), instance]);
    }
    if (groups.size < 2) return [];
    const sorted = [...groups.values()].map((group) => group.toSorted());
    return [{ setting, groups: sorted.toSorted((a, b) => b.length - a.length) }];
  });
}

/** One of them, in words: `a, b | c`. */
export function renderGroups({ groups }: DifferingSetting): string {
  return groups.map((group) => group.join(', ')).join(' | ');
}
