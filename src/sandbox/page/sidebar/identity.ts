import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Snapshot } from '../../playground/protocol.ts';
import type { Locale } from '../../playground/protocol/world.ts';
import { avatarOf } from '../theme/avatar.ts';
import type { Page } from '../page.ts';

const LOCALES: readonly (readonly [Locale, string])[] = [
  ['en-US', 'English'],
  ['zh-CN', '简体中文'],
];

/** Renders the menus for the tab's person and language, and a link to a tab as another person. */
export function renderIdentity({ you, people }: Snapshot, page: Page): TemplateResult {
  const { texts, switchIdentity } = page;
  const me = people.find(({ id }) => id === you.personId);
  return html`<div class="identity">
    <img src=${avatarOf(you.personId, me?.name ?? '?')} alt="" width="36" height="36" />
    <div class="identity-fields">
      <select
        id="who"
        aria-label=${texts.identity.who}
        @change=${({ currentTarget }: Event) => {
          if (currentTarget instanceof HTMLSelectElement) {
            switchIdentity({ personId: currentTarget.value });
          }
        }}
      >
        ${people.map(
          ({ id, name, rank }) =>
            html`<option value=${id} .selected=${id === you.personId}>
              ${name} – ${texts.identity.ranks[rank]}
            </option>`,
        )}
      </select>
      <select
        id="language"
        aria-label=${texts.identity.language}
        @change=${({ currentTarget }: Event) => {
          const locale = LOCALES.find(
            ([known]) =>
              currentTarget instanceof HTMLSelectElement && known === currentTarget.value,
          )?.[0];
          if (locale !== undefined) switchIdentity({ locale });
        }}
      >
        ${LOCALES.map(
          ([locale, name]) =>
            html`<option value=${locale} lang=${locale} .selected=${locale === you.locale}>
              ${name}
            </option>`,
        )}
      </select>
    </div>
    <a class="another" href=${anotherAddress(you.personId, people, you.locale)} target="_blank"
      >${texts.identity.another}</a
    >
  </div>`;
}

/** Returns the query of a tab for the next person in the list. */
function anotherAddress(personId: string, people: Snapshot['people'], locale: Locale): string {
  const at = people.findIndex(({ id }) => id === personId);
  const other = people[(at + 1) % people.length];
  return `?${new URLSearchParams({ person: other?.id ?? personId, locale }).toString()}`;
}
