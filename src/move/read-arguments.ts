import { storeUrl } from '../config/store-setting.ts';
import type { StoreSetting } from '../config/store-setting.ts';
import { moveTexts } from './texts.ts';

/** What to move where, or what is wrong with the arguments, for people. */
export type MoveArguments =
  | { readonly from: StoreSetting; readonly to: StoreSetting }
  | { readonly problem: string };

/** Reads the two addresses. A problem never quotes them: they may have a password. */
export function readArguments(given: readonly string[]): MoveArguments {
  const [from, to, ...others] = given;
  if (from === undefined || to === undefined || others.length > 0) {
    return { problem: moveTexts.usage };
  }
  const [read, other] = [readAddress('FROM', from), readAddress('TO', to)];
  if ('problem' in read) return read;
  if ('problem' in other) return other;
  if (read.store.kind === other.store.kind) return { problem: moveTexts.sameKind };
  return { from: read.store, to: other.store };
}

function readAddress(
  name: string,
  text: string,
): { readonly store: StoreSetting } | { readonly problem: string } {
  const parsed = storeUrl.safeParse(text.trim());
  if (parsed.success) return { store: parsed.data };
  const [issue] = parsed.error.issues;
  const advice = issue?.code === 'custom' ? String(issue.params?.['advice']) : '';
  return { problem: moveTexts.argument(name, issue?.message ?? '', advice) };
}
