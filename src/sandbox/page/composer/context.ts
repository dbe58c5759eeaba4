import type { Page } from '../page.ts';
import type { OpenChannel } from '../state/selectors.ts';
import type { Composer, CommandDraft, TextDraft } from './composer.ts';
import { judgeField } from './judge-field.ts';
import type { FieldJudgement } from './judge-field.ts';
import type { Field, Suggestion } from './field.ts';
import { allSuggestions } from './suggestions.ts';

/** Where something is being written, and the page around it. */
export interface ComposerContext {
  readonly page: Page;
  readonly open: OpenChannel;
}

export interface TextContext extends ComposerContext {
  readonly draft: TextDraft;
}

export interface CommandContext extends ComposerContext {
  readonly draft: CommandDraft;
}

/** Changes the draft where it still is of this kind: answers may come late. */
export function changeDraft<Kind extends Composer['kind']>(
  { page }: ComposerContext,
  kind: Kind,
  step: (draft: Extract<Composer, { kind: Kind }>) => Composer,
): void {
  page.change((state) => {
    const { composer } = state;
    if (!isOfKind(composer, kind)) return state;
    return { ...state, composer: step(composer), composerNote: undefined };
  });
}

function isOfKind<Kind extends Composer['kind']>(
  composer: Composer,
  kind: Kind,
): composer is Extract<Composer, { kind: Kind }> {
  return composer.kind === kind;
}

/** Everything that may be chosen for a field. */
export function suggestionsFor(field: Field, context: CommandContext): readonly Suggestion[] {
  const { page, open, draft } = context;
  const { snapshot } = page.state;
  return allSuggestions(field.option, {
    locale: page.reader.locale,
    guild: open.guild,
    people: snapshot?.people ?? [],
    botUser: snapshot?.botUser ?? { id: '', name: '' },
    yes: page.texts.composer.yes,
    no: page.texts.composer.no,
    autocompleted: draft.autocompleted[field.option.name] ?? [],
  });
}

export function judgementOf(field: Field, context: CommandContext): FieldJudgement {
  return judgeField(field, {
    suggestions: suggestionsFor(field, context),
    uploadLimitBytes: context.open.guild.uploadLimitBytes,
  });
}
