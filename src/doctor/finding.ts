/** One thing that was looked at. */
export interface Finding {
  readonly level: 'ok' | 'warning' | 'fault';
  /** What was looked at, in a word or two: `token`. */
  readonly about: string;
  /** What is so. May name things from outside; no secrets. */
  readonly text: string;
  /** What to do about it; a sentence without its full stop. */
  readonly todo?: string;
}

export function ok(about: string, text: string): Finding {
  return { level: 'ok', about, text };
}

export function warning(about: string, text: string, todo: string): Finding {
  return { level: 'warning', about, text, todo };
}

export function fault(about: string, text: string, todo: string): Finding {
  return { level: 'fault', about, text, todo };
}

/** One line; a server's name must not write on the terminal, nor a secret get there by any way. */
export function renderFinding(finding: Finding, secrets: readonly string[]): string {
  const { level, about, text, todo } = finding;
  const line = `${level.padEnd(7)}  ${about}: ${text}.${todo === undefined ? '' : ` ${todo}.`}`;
  return secrets
    .reduce((shown, secret) => shown.replaceAll(secret, '[secret]'), line)
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
}
