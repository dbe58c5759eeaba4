import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { ICONS } from '../theme/icons.ts';
import { localDescription, localName } from './command-entry.ts';
import { withField, withoutOption } from './composer.ts';
import { changeDraft, validationOf } from './context.ts';
import type { CommandContext } from './context.ts';
import type { Field } from './field.ts';
import { putFile } from './fill.ts';
import { handleKey } from './keys.ts';
import type { KeyHandlers } from './keys.ts';
import { renderEmpty, renderPicked } from './slot-face.ts';

/** Renders a slot for one file, which can be dropped, pasted or chosen. */
export function renderSlot(field: Field, context: CommandContext): TemplateResult {
  const { draft, page } = context;
  const { option, file } = field;
  const { locale } = page.viewer;
  const validation = validationOf(field, context);
  const isBad = validation.kind === 'invalid' && (draft.isSubmitted || file !== undefined);
  return html`<div
    class=${classMap({ slot: true, 'is-bad': isBad, 'is-focused': draft.focused === option.name })}
    @drop=${(event: DragEvent) => {
      drop(event, context, option.name);
    }}
  >
    <label class="slot-face" title=${localDescription(option, locale)}>
      ${file === undefined ? renderEmpty(context) : renderPicked(file)}
      <span class="slot-name">${localName(option, locale)}</span>
      <input
        id=${`field-${option.name}`}
        class="slot-input"
        type="file"
        accept=${acceptOf(option.file_types ?? [])}
        aria-label=${`${localName(option, locale)}: ${localDescription(option, locale)}`}
        aria-describedby="composer-hint"
        aria-invalid=${isBad}
        @focus=${() => {
          changeDraft(context, 'command', (now) =>
            now.focused === option.name ? now : { ...now, focused: option.name },
          );
        }}
        @keydown=${(event: KeyboardEvent) => {
          handleKey(event, keysOf(event.currentTarget, context, field));
        }}
        @change=${({ currentTarget }: Event) => {
          if (!(currentTarget instanceof HTMLInputElement)) return;
          const [chosen] = currentTarget.files ?? [];
          if (chosen !== undefined) void putFile(context, option.name, chosen);
          // Lets the same file be chosen again after its removal.
          currentTarget.value = '';
        }}
      />
    </label>
    <button
      type="button"
      class="icon-button slot-remove"
      aria-label=${page.texts.composer.remove(localName(option, locale))}
      @click=${() => {
        remove(context, field);
      }}
    >
      ${ICONS.close}
    </button>
  </div>`;
}

const notHandled = (): boolean => false;

/** Handles keys: Enter opens the file dialog, as the browser does only for Space. */
function keysOf(input: EventTarget | null, context: CommandContext, field: Field): KeyHandlers {
  return {
    next: notHandled,
    previous: notHandled,
    dismiss: notHandled,
    advance: notHandled,
    accept() {
      if (input instanceof HTMLInputElement) input.click();
      return true;
    },
    erase() {
      remove(context, field);
      return true;
    },
  };
}

function acceptOf(types: readonly string[]): string | typeof nothing {
  if (types.length === 0) return nothing;
  return types.map((type) => (type.startsWith('.') ? type : `${type}/*`)).join(',');
}

function drop(event: DragEvent, context: CommandContext, name: string): void {
  const [file] = event.dataTransfer?.files ?? [];
  if (file === undefined || (event.dataTransfer?.files.length ?? 0) > 1) return;
  event.preventDefault();
  void putFile(context, name, file);
}

/** Removes the file; without a file, removes the option if it is optional. */
function remove(context: CommandContext, { option, file }: Field): void {
  if (file !== undefined) URL.revokeObjectURL(file.preview);
  changeDraft(context, 'command', (now) =>
    file === undefined && option.required !== true
      ? withoutOption(now, option.name)
      : { ...withField(now, { option, typed: '' }), focused: option.name },
  );
}
