import type { ConfigFault, Parse } from './config-fault.ts';

/** The variables a process was started with, or a file's. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads settings one by one and gathers what is wrong, so that a person sees all of it at once. */
export interface SettingReader {
  readonly faults: readonly ConfigFault[];
  /** The trimmed value; an empty one is not set. */
  text(name: string): string | undefined;
  /** Undefined where it is not set or wrong; wrong is a fault. */
  read<T>(name: string, parse: Parse<T>): T | undefined;
  addFault(fault: ConfigFault): void;
}

export function createSettingReader(env: Environment): SettingReader {
  const faults: ConfigFault[] = [];
  const text = (name: string): string | undefined => {
    const value = env[name]?.trim();
    return value === '' ? undefined : value;
  };
  return {
    faults,
    text,
    read(name, parse) {
      const value = text(name);
      if (value === undefined) return undefined;
      const parsed = parse(value);
      if (parsed.ok) return parsed.value;
      faults.push({ name, wrong: parsed.wrong, todo: parsed.todo });
      return undefined;
    },
    addFault: (fault) => void faults.push(fault),
  };
}
