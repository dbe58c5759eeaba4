import { TimestampStyles, time } from '../discord-js.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import type { Messages } from '../messages/en.ts';
import { escapeUserText } from './escape-user-text.ts';
import { messageLink } from './message-link.ts';
import { routeNameIn } from './route-summary.ts';
import type { Notice } from '../../domain/notice.ts';

/** A notice to a guild's admins: what happened and what to do. */
export function noticeText(
  { at, about }: Notice,
  messages: Messages,
  catalogue: Catalogue,
): string {
  const { notices } = messages;
  const when = time(Math.floor(at / 1000), TimestampStyles.ShortDateTime);
  switch (about.kind) {
    case 'held':
    case 'held-again':
      return notices[about.kind === 'held' ? 'held' : 'heldAgain'](
        when,
        `<@${about.memberId}>`,
        routeNameIn(catalogue, about.route),
        `\`${about.taskId}\``,
      );
    case 'provider-paused':
      return notices.paused(
        when,
        escapeUserText(about.provider, 40),
        messages.advice[about.category],
      );
    case 'lost-access':
      return notices.lostAccess(when, `<#${about.channelId}>`, `\`${about.taskId}\``);
    case 'other-model':
      return notices.otherModel(
        when,
        `<@${about.memberId}>`,
        routeNameIn(catalogue, about.route),
        escapeUserText(about.named, 100),
        `\`${about.taskId}\``,
      );
    case 'report':
      return notices.report(
        when,
        `<@${about.memberId}>`,
        messageLink(about),
        `\`${about.taskId}\``,
      );
    case 'gallery':
      return notices.gallery(when, `<#${about.channelId}>`);
    case 'damaged':
      return notices.damaged[about.what](when, `\`${about.key}\``);
  }
}
