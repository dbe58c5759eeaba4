import type { Page } from '../page.ts';
import type { OpenChannel } from '../state/selectors.ts';
import type { Composer, CommandDraft, TextDraft } from './composer.ts';
import { validateField } from './validate-field.ts';
import type { FieldValidation } from './validate-field.ts';
import type { Field, Suggestion } from './field.ts';
import { allSuggestions } from './suggestions.ts';

/** The open channel and the page of the composer. */
export interface ComposerContext {
  readonly page: Page;
  readonly open: OpenChannel;
}

/** The composer with a message draft. */
export interface TextContext extends ComposerContext {
  readonly draft: TextDraft;
}

/** The composer with a command draft. */
export interface CommandContext extends ComposerContext {
  readonly draft: CommandDraft;
}

/** Changes the draft if it is still of this kind, as asynchronous results may come late. */
export function changeDraft<Kind extends Composer['kind']>(
  { page }: ComposerContext,
  kind: Kind,
  update: (draft: Extract<Composer, { kind: Kind }>) => Composer,
): void {
  page.change((state) => {
    const { composer } = state;
    if (!isOfKind(composer, kind)) return state;
    return { ...state, composer: update(composer), composerNote: undefined };
  });
}

function isOfKind<Kind extends Composer['kind']>(
  composer: Composer,
  kind: Kind,
): composer is Extract<Composer, { kind: Kind }> {
  return composer.kind === kind;
}

/** Returns everything that can be chosen for a field. */
export function suggestionsFor(field: Field, context: CommandContext): readonly Suggestion[] {
  const { page, open, draft } = context;
  const { snapshot } = page.state;
  return allSuggestions(field.option, {
    locale: page.viewer.locale,
    guild: open.guild,
    people: snapshot?.people ?? [],
    botUser: snapshot?.botUser ?? { id: '', name: '' },
    yes: page.texts.composer.yes,
    no: page.texts.composer.no,
    autocompleted: draft.autocompleted[field.option.name]?.suggestions ?? [],
  });
}

/** Validates a field as Discord's client would. */
export function validationOf(field: Field, context: CommandContext): FieldValidation {
  return validateField(field, {
    suggestions: suggestionsFor(field, context),
    uploadLimitBytes: context.open.guild.uploadLimitBytes,
  });
}
