import { animate, animated, animatedOn } from '../../commands/animate.ts';
import { applyProposal } from '../../commands/apply-proposal.ts';
import { asset } from '../../commands/asset.ts';
import { againButtons } from '../../commands/again.ts';
import { cancelVideo } from '../../commands/cancel-video.ts';
import { pictureButtons, pictureForms } from '../../commands/change-pictures.ts';
import { higherButtons, otherModelButtons } from '../../commands/choose-model.ts';
import { confirmCheaper, confirmPrice } from '../../commands/confirm-price.ts';
import { continueButtons, continueForms } from '../../commands/continue-video.ts';
import { editButtons, editForms } from '../../commands/edit-video.ts';
import { history } from '../../commands/history.ts';
import { historyOpen } from '../../commands/history-open.ts';
import { historyPages } from '../../commands/history-pages.ts';
import { modelButtons, models } from '../../commands/models.ts';
import { preferences } from '../../commands/preferences.ts';
import { changedRequest, offerButtons } from '../../commands/offer.ts';
import { eraseButtons } from '../../commands/privacy-delete.ts';
import { privacy } from '../../commands/privacy.ts';
import { quota } from '../../commands/quota.ts';
import { holdAmount, holdButtons } from '../../commands/resolve-hold.ts';
import { chooseTemplate, proposeSetup, setup } from '../../commands/setup.ts';
import { settings } from '../../commands/settings.ts';
import { undoChange } from '../../commands/undo-change.ts';
import { usage } from '../../commands/usage.ts';
import { videoMenu } from '../../commands/video-menu.ts';
import { video } from '../../commands/video.ts';
import type { CommandDefinition, Handlers } from '../discord/command.ts';
import type { Catalogue } from '../domain/routes/catalogue.ts';

/** Everything that the bot answers. Commands are in the order in which they are registered. */
export const HANDLERS: Handlers = {
  commands: [video, models, history, preferences, asset, privacy, quota, settings, usage, setup],
  messageCommands: [animate],
  components: [
    confirmPrice,
    confirmCheaper,
    cancelVideo,
    applyProposal,
    undoChange,
    ...againButtons,
    ...editButtons,
    ...continueButtons,
    ...pictureButtons,
    ...higherButtons,
    ...otherModelButtons,
    ...offerButtons,
    ...holdButtons,
    ...modelButtons,
    ...eraseButtons,
    ...historyPages,
    historyOpen,
    ...videoMenu,
    chooseTemplate,
  ],
  modals: [
    ...editForms,
    ...continueForms,
    ...pictureForms,
    animated,
    animatedOn,
    changedRequest,
    holdAmount,
    proposeSetup,
  ],
};

/** The definitions of all commands, with the routes and providers of this catalogue. */
export function definitionsOf(
  { commands, messageCommands }: Handlers,
  catalogue: Catalogue,
): CommandDefinition[] {
  return [
    ...commands.map((command) => command.define(catalogue)),
    ...messageCommands.map((command) => command.define()),
  ];
}
