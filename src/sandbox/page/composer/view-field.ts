import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { live } from 'lit/directives/live.js';
import { fetchAutocomplete } from './fetch-autocomplete.ts';
import { localDescription, localName } from './command-entry.ts';
import { readValues } from './command-line.ts';
import { textDraft, withField, withOption, withoutOption } from './composer.ts';
import { changeDraft, validationOf, suggestionsFor } from './context.ts';
import type { CommandContext } from './context.ts';
import type { Field, Suggestion } from './field.ts';
import { choose } from './fill.ts';
import { mustChoose } from './validate-field.ts';
import { handleKey } from './keys.ts';
import type { KeyHandlers } from './keys.ts';
import { LIST_ID, entryId, moveHighlight } from './list.ts';
import { OPTION } from '../../../simulators/discord/option-types.ts';
import { ICONS } from '../theme/icons.ts';
import { sendCommand } from './send-command.ts';
import { shownSuggestions } from './suggestions.ts';

/** Returns the suggestions to list; none when the list is closed or something is chosen. */
export function listedFor(field: Field, context: CommandContext): readonly Suggestion[] {
  if (context.draft.isListClosed || field.chosen !== undefined) return [];
  return shownSuggestions(field, suggestionsFor(field, context));
}

/** Renders one option: its name, and an input that grows with its text. */
export function renderField(field: Field, context: CommandContext): TemplateResult {
  const { draft, page } = context;
  const { option } = field;
  const isBad = draft.isSubmitted && validationOf(field, context).kind === 'invalid';
  const isFocused = draft.focused === option.name;
  return html`<span
    class=${classMap({ field: true, 'is-bad': isBad, 'is-focused': isFocused })}
    title=${localDescription(option, page.viewer.locale)}
    ><label
      ><span class="field-name">${localName(option, page.viewer.locale)}</span>${renderInput(
        field,
        {
          ...context,
          listed: isFocused ? listedFor(field, context) : [],
          isBad,
        },
      )}</label
    >${option.required === true ? nothing : renderRemove(field, context)}</span
  >`;
}

/** Renders the button that takes an option back; in the input, Backspace does. Tab goes past it. */
function renderRemove(field: Field, context: CommandContext): TemplateResult {
  const { page } = context;
  return html`<button
    type="button"
    class="field-remove"
    tabindex="-1"
    aria-label=${page.texts.composer.remove(localName(field.option, page.viewer.locale))}
    @click=${() => {
      removeField(context, field);
    }}
  >
    ${ICONS.close}
  </button>`;
}

interface InputContext extends CommandContext {
  readonly listed: readonly Suggestion[];
  readonly isBad: boolean;
}

function renderInput(field: Field, context: InputContext): TemplateResult {
  const { option } = field;
  const listen = listenersOf(field, context);
  if (option.type === OPTION.string && !mustChoose(field) && option.autocomplete !== true) {
    return html`<textarea
      id=${`field-${option.name}`}
      class="field-input"
      rows="1"
      spellcheck="false"
      aria-required=${option.required === true}
      aria-invalid=${context.isBad}
      aria-describedby="composer-hint"
      .value=${live(field.typed)}
      @focus=${listen.focus}
      @input=${listen.input}
      @keydown=${listen.keydown}
    ></textarea>`;
  }
  const { listed, draft, isBad } = context;
  const isNumber = option.type === OPTION.integer || option.type === OPTION.number;
  const isCombobox = mustChoose(field) || option.autocomplete === true;
  return html`<input
    id=${`field-${option.name}`}
    class="field-input"
    autocomplete="off"
    inputmode=${isNumber ? 'numeric' : nothing}
    role=${isCombobox ? 'combobox' : nothing}
    aria-required=${option.required === true}
    aria-invalid=${isBad}
    aria-describedby="composer-hint"
    aria-expanded=${isCombobox ? listed.length > 0 : nothing}
    aria-controls=${isCombobox ? LIST_ID : nothing}
    aria-activedescendant=${
      listed[draft.highlighted] === undefined ? nothing : entryId(draft.highlighted)
    }
    .value=${live(field.typed)}
    @focus=${listen.focus}
    @input=${listen.input}
    @keydown=${listen.keydown}
  />`;
}

function listenersOf(field: Field, context: InputContext) {
  return {
    focus: (): void => {
      focusField(context, field);
    },
    input: ({ currentTarget }: Event): void => {
      const isText =
        currentTarget instanceof HTMLInputElement || currentTarget instanceof HTMLTextAreaElement;
      if (isText) typeInto(context, field, currentTarget.value);
    },
    keydown: (event: KeyboardEvent): void => {
      handleKey(event, keysOf(field, context));
    },
  };
}

function focusField(context: CommandContext, field: Field): void {
  changeDraft(context, 'command', (draft) =>
    draft.focused === field.option.name
      ? draft
      : { ...draft, focused: field.option.name, highlighted: 0, isListClosed: false },
  );
  if (field.option.autocomplete === true) void fetchAutocomplete(context, field);
}

/** Sets the typed text; like Discord's client, replaces line breaks by spaces. */
function typeInto(context: CommandContext, { option }: Field, value: string): void {
  const typed = value.replace(/\s*\n\s*/gu, ' ');
  const { locale } = context.page.viewer;
  if (typed.startsWith(`${option.name}:`) || typed.startsWith(`${localName(option, locale)}:`)) {
    typeLine(context, typed);
    return;
  }
  const changed: Field = { option, typed };
  changeDraft(context, 'command', (draft) => ({
    ...withField(draft, changed),
    highlighted: 0,
    isListClosed: false,
  }));
  if (option.autocomplete === true) void fetchAutocomplete(context, changed);
}

/** Fills in the options of a line such as `prompt:a fox duration:5`, pasted into one of them. */
function typeLine(context: CommandContext, line: string): void {
  const { draft, page } = context;
  const values = readValues(line, draft.entry.options, page.viewer.locale);
  changeDraft(context, 'command', (now) =>
    values.reduce(
      (filled, { option, text }) => withField(withOption(filled, option), { option, typed: text }),
      now,
    ),
  );
}

function keysOf(field: Field, context: InputContext): KeyHandlers {
  const { draft, listed } = context;
  const highlighted = listed[draft.highlighted];
  const move = (by: number) => (): boolean => {
    if (listed.length === 0 && !mustChoose(field)) return false;
    moveInList(context, field, by);
    return true;
  };
  return {
    next: move(1),
    previous: move(-1),
    dismiss() {
      if (listed.length > 0) {
        changeDraft(context, 'command', (now) => ({ ...now, isListClosed: true }));
      }
      return listed.length > 0;
    },
    // Tab completes started input only; in an untouched field it moves on.
    advance() {
      if (highlighted === undefined || field.typed === '') return false;
      choose(context, field, highlighted);
      return true;
    },
    accept() {
      if (highlighted === undefined) sendCommand(context);
      else choose(context, field, highlighted);
      return true;
    },
    erase() {
      if (field.typed !== '') return false;
      removeField(context, field);
      return true;
    },
  };
}

/** Moves the highlight, or reopens the list if it is closed. */
function moveInList(context: InputContext, field: Field, by: number): void {
  const { draft, listed } = context;
  if (listed.length > 0) {
    const highlighted = moveHighlight(draft.highlighted, by, listed.length);
    changeDraft(context, 'command', (now) => ({ ...now, highlighted }));
    return;
  }
  const { option } = field;
  changeDraft(context, 'command', (now) => ({
    ...withField(now, { option, typed: '' }),
    highlighted: 0,
    isListClosed: false,
  }));
}

/** Removes an optional field; in the first required field, leaves the command. */
function removeField(context: CommandContext, { option }: Field): void {
  const { draft } = context;
  if (option.required !== true) {
    changeDraft(context, 'command', (now) => withoutOption(now, option.name));
  } else if (draft.fields[0]?.option.name === option.name) {
    changeDraft(context, 'command', () => textDraft(draft.entry.label));
  }
}
