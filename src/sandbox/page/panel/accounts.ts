import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Snapshot } from '../../playground/protocol.ts';
import type { Account, Counts } from '../../playground/protocol/panel.ts';
import type { Page } from '../page.ts';
import { nameOf } from '../state/sight.ts';
import { nothingYet } from './parts.ts';

/** The accounts of the open server: its own first, then mine, then the others'. */
export function renderAccounts(sight: Snapshot, page: Page): TemplateResult {
  const { place, you } = page.state;
  const here = sight.panel.accounts.filter(({ guildId }) => guildId === place?.guildId);
  const ordered = here.toSorted((one, other) => rank(one) - rank(other));
  if (ordered.length === 0) return nothingYet(page);
  return html`${ordered.map((account) => renderAccount(account, sight, page))}`;

  function rank({ personId }: Account): number {
    if (personId === undefined) return 0;
    return personId === you.personId ? 1 : 2;
  }
}

function renderAccount(account: Account, sight: Snapshot, page: Page): TemplateResult {
  const { words } = page;
  const { personId } = account;
  const title = personId === undefined ? words.panel.server : (nameOf(sight, personId) ?? personId);
  return html`<table class="account">
    <caption>
      ${title}
    </caption>
    <thead>
      <tr>
        <th scope="col">${words.panel.window}</th>
        <th scope="col">${words.panel.used}</th>
        <th scope="col">${words.panel.reserved}</th>
        <th scope="col">${words.panel.held}</th>
      </tr>
    </thead>
    <tbody>
      ${account.windows.map(
        ({ window, since, used, reserved, held }) =>
          html`<tr>
            <th scope="row" title=${since}>${words.panel.windows[window]}</th>
            <td>${counts(used, page)}</td>
            <td>${counts(reserved, page)}</td>
            <td>${counts(held, page)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function counts({ videos, seconds, cost, unpriced }: Counts, { words }: Page): string {
  if (videos === 0) return '–';
  const unknown = unpriced === 0 ? '' : ` + ${words.panel.unpriced(unpriced)}`;
  return `${words.panel.videos(videos)} · ${seconds} s · ${cost}${unknown}`;
}
