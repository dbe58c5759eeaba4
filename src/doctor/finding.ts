/** The result of one check. */
export interface Finding {
  readonly level: 'ok' | 'warning' | 'fault';
  /** The subject in a word or two: `token`. */
  readonly about: string;
  /** What was found. May contain names from outside, but no secrets. */
  readonly text: string;
  /** What to do about it; a sentence without a full stop. */
  readonly advice?: string;
}

/** What was found, and what to do about it. */
type Advised = Required<Pick<Finding, 'text' | 'advice'>>;

export function ok(about: string, text: string): Finding {
  return { level: 'ok', about, text };
}

export function warning(about: string, { text, advice }: Advised): Finding {
  return { level: 'warning', about, text, advice };
}

export function fault(about: string, { text, advice }: Advised): Finding {
  return { level: 'fault', about, text, advice };
}

/**
 * Renders a finding as one line. A server's name must not control the terminal, and no secret may
 * appear.
 */
export function renderFinding(finding: Finding, secrets: readonly string[]): string {
  const { level, about, text, advice } = finding;
  const line = `${level.padEnd(7)}  ${about}: ${text}.${advice === undefined ? '' : ` ${advice}.`}`;
  return secrets
    .reduce((shown, secret) => shown.replaceAll(secret, '[secret]'), line)
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
}
