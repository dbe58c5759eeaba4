/** One thing wrong with one setting. Never carries a value: any of them may be a secret in the wrong place. */
export interface ConfigFault {
  /** The variable's name, or the file's. */
  readonly name: string;
  /** Continues the name: `is not set`. */
  readonly wrong: string;
  /** A sentence without its full stop. */
  readonly todo: string;
  /** It is required and not there at all. */
  readonly isMissing?: true;
}

/** One line: `NAME: what is wrong. What to do.` */
export function renderFault({ name, wrong, todo }: ConfigFault): string {
  return `${name}: ${wrong}. ${todo}.`.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
