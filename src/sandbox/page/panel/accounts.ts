import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Snapshot } from '../../playground/protocol.ts';
import type { Account, Counts } from '../../playground/protocol/panel.ts';
import type { Page } from '../page.ts';
import { nameOf } from '../state/selectors.ts';
import { emptyNote } from './parts.ts';

/** Renders the open server's accounts: the server's own first, then this person's, then others. */
export function renderAccounts(snapshot: Snapshot, page: Page): TemplateResult {
  const { location, you } = page.state;
  const here = snapshot.panel.accounts.filter(({ guildId }) => guildId === location?.guildId);
  const ordered = here.toSorted((one, other) => rank(one) - rank(other));
  if (ordered.length === 0) return emptyNote(page);
  return html`${ordered.map((account) => renderAccount(account, snapshot, page))}`;

  function rank({ personId }: Account): number {
    if (personId === undefined) return 0;
    return personId === you.personId ? 1 : 2;
  }
}

function renderAccount(account: Account, snapshot: Snapshot, page: Page): TemplateResult {
  const { texts } = page;
  const { personId } = account;
  const title =
    personId === undefined ? texts.panel.server : (nameOf(snapshot, personId) ?? personId);
  return html`<table class="account">
    <caption>
      ${title}
    </caption>
    <thead>
      <tr>
        <th scope="col">${texts.panel.window}</th>
        <th scope="col">${texts.panel.used}</th>
        <th scope="col">${texts.panel.reserved}</th>
        <th scope="col">${texts.panel.held}</th>
      </tr>
    </thead>
    <tbody>
      ${account.windows.map(
        ({ window, since, used, reserved, held }) =>
          html`<tr>
            <th scope="row" title=${since}>${texts.panel.windows[window]}</th>
            <td>${counts(used, page)}</td>
            <td>${counts(reserved, page)}</td>
            <td>${counts(held, page)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function counts({ videos, seconds, cost, unpriced }: Counts, { texts }: Page): string {
  if (videos === 0) return '–';
  const unknown = unpriced === 0 ? '' : ` + ${texts.panel.unpriced(unpriced)}`;
  return `${texts.panel.videos(videos)} · ${seconds} s · ${cost}${unknown}`;
}
