/** One problem with one setting. It never contains a value: any value may be a misplaced secret. */
export interface ConfigFault {
  /** The name of the variable or of the file. */
  readonly name: string;
  /** Continues a sentence that begins with the name: `is not set`. */
  readonly problem: string;
  /** What to do, as a sentence without its full stop. */
  readonly advice: string;
  /** Whether the setting is required and not set at all. */
  readonly isMissing?: true;
}

/** Renders a fault as one line: `NAME: problem. Advice.` */
export function renderFault({ name, problem, advice }: ConfigFault): string {
  return `${name}: ${problem}. ${advice}.`.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
