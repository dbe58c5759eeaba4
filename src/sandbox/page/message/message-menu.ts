import type { ChannelMessage } from '../../playground/protocol/messages.ts';
import { commandEntries } from '../composer/command-entry.ts';
import { act } from '../link/act.ts';
import type { Page } from '../page.ts';
import { openTab } from '../panel/open-tab.ts';
import { nameOf, openChannel } from '../state/selectors.ts';
import { callOnMessage } from './act-on-message.ts';

/** Something to do with a message. */
interface MenuItem {
  readonly label: string;
  readonly isDangerous?: boolean;
  readonly run: () => void;
}

/** Items that belong together, below a heading if they have one. */
export interface MenuGroup {
  readonly heading?: string;
  readonly items: readonly MenuItem[];
}

/** Returns the groups of a message's menu: the bot's commands, forwarding, and the page's own. */
export function menuGroups(message: ChannelMessage, page: Page): readonly MenuGroup[] {
  const { texts } = page;
  const author = nameOf(page.state.snapshot, message.authorId) ?? '?';
  return [
    // Ephemeral messages offer no commands and cannot be forwarded, as in Discord.
    ...(message.isEphemeral
      ? []
      : [
          { heading: texts.message.apps, items: appItems(message, page, 3) },
          { heading: texts.message.forwardTo, items: forwardItems(message, page) },
        ]),
    { heading: texts.message.appsOn(author), items: appItems(message, page, 2) },
    { items: ownItems(message, page) },
  ].filter(({ items }) => items.length > 0);
}

function appItems(message: ChannelMessage, page: Page, type: 2 | 3): readonly MenuItem[] {
  const commands = openChannel(page.state)?.commands ?? [];
  return commandEntries(commands, type, page.viewer.locale).map(({ path, label }) => ({
    label,
    run: () => {
      const target = type === 3 ? { messageId: message.id } : { userId: message.authorId };
      void callOnMessage(page, path, target);
    },
  }));
}

function forwardItems({ id, channelId }: ChannelMessage, page: Page): readonly MenuItem[] {
  const channels = openChannel(page.state)?.guild.channels ?? [];
  return channels
    .filter((channel) => channel.id !== channelId)
    .map((channel) => ({
      label: `#${channel.name}`,
      run: () => {
        const action = { kind: 'forward', messageId: id, channelId: channel.id } as const;
        void act(page, { action, channelId });
      },
    }));
}

function ownItems({ id, isEphemeral }: ChannelMessage, page: Page): readonly MenuItem[] {
  const { texts, change, server } = page;
  const showEdits = (): void => {
    change((state) => openTab(state, 'edits', { editsMessageId: id, drawer: 'panel' }));
  };
  const remove = () => void server.turn({ kind: 'delete-message', messageId: id });
  return [
    { label: texts.message.showEdits, run: showEdits },
    ...(isEphemeral ? [] : [{ label: texts.message.delete, isDangerous: true, run: remove }]),
  ];
}
