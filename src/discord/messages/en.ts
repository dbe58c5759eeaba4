import { endedHoldEn } from './ended-hold-en.ts';
import { adviceEn } from './advice-en.ts';
import { libraryEn } from './library-en.ts';
import { namedAssetsEn } from './named-assets-en.ts';
import { historyEn } from './history-en.ts';
import { preferencesEn } from './preferences-en.ts';
import { cancelEn } from './cancel-en.ts';
import { confirmEn } from './confirm-en.ts';
import { privacyEn } from './privacy-en.ts';
import { modelsEn } from './models-en.ts';
import { noticesEn } from './notices-en.ts';
import { picturesEn } from './pictures-en.ts';
import { animateEn } from './animate-en.ts';
import { continueEn } from './continue-en.ts';
import { secondEn } from './second-en.ts';
import { quotaEn } from './quota-en.ts';
import { quotaRefusalEn } from './quota-refusal-en.ts';
import { adminsEn } from './admins-en.ts';
import { settingsEn } from './settings-en.ts';
import { refusalEn } from './refusal-en.ts';
import { unitsEn } from './units-en.ts';
import { usageEn } from './usage-en.ts';
import { taskSettingsEn } from './task-settings-en.ts';
import { modelChoiceEn } from './model-choice-en.ts';
import { typicalDurationEn } from './typical-duration-en.ts';

/**
 * Every text that members and admins read, in English. The other languages have this object's type,
 * so that the type checker finds missing texts. Arguments are already escaped and formatted.
 */
export const en = {
  /** Locale for formatting amounts and numbers. */
  locale: 'en',
  quotaCommand: quotaEn,
  settingsCommand: settingsEn,
  ...adminsEn,
  usageCommand: usageEn,
  history: historyEn,
  preferences: preferencesEn,
  typicalDuration: typicalDurationEn,
  modelChoice: modelChoiceEn,
  commands: {
    video: {
      description: 'Turn words and pictures into a video',
      prompt: 'What should happen in the video',
      model: 'Model to use (compare with /models); without it, the default',
      duration: 'Length in seconds',
      resolution: 'Resolution (depends on the model)',
      ratio: 'Aspect ratio',
      first_frame: 'First frame',
      last_frame: 'Last frame',
      image: (n: number) => `Reference picture ${n}`,
      video: (n: number) => `Reference video ${n}`,
      audio: (n: number) => `Reference sound ${n}`,
      sound: (providers: string) => `Generate sound (${providers})`,
      web_search: (providers: string) => `Let the model search the web (${providers}, text only)`,
      watermark: (providers: string) => `Add an AI watermark (${providers})`,
    },
    privacy: {
      description: 'What this bot stores about you',
      show: 'What is stored, and for how long',
      export: 'All data stored about you, as a file',
      delete: 'Delete the data stored about you',
    },
    models: {
      description: 'Compare the models: inputs, limits, prices',
      model: 'Show one model with all its limits',
    },
  },
  units: unitsEn,
  route: {
    text: 'text',
    frames: 'frames',
    images: (max: number | undefined) => (max === undefined ? 'pictures' : `${max} pictures`),
    videos: (max: number | undefined) => (max === undefined ? 'videos' : `${max} videos`),
    audio: (max: number | undefined) => (max === undefined ? 'sounds' : `${max} sounds`),
    textOnly: 'text only',
    sound: 'sound',
    webSearch: 'web search',
  },
  models: modelsEn,
  refusal: refusalEn,
  answers: {
    serversOnly: 'This works only in servers that the bot was added to.',
    otherServer:
      "This bot doesn't serve this server. Its operator decides which servers it serves.",
    restricted: "You can't make videos here: an admin has restricted this command.",
    unknownCommand: 'This command no longer exists. Reload Discord and try again.',
    unknownModel: (models: string) =>
      `That \`model\` isn't available. Available: ${models}. Compare them with \`/models\`.`,
    notUnderstood:
      "Discord sent this command in a form the bot doesn't know. Reload Discord and try again.",
    paused: (provider: string, when: string) =>
      `**${provider} isn't available right now**: it rejects the bot's account. Nothing was sent or charged. Try again ${when}, or choose a model from another provider; if this persists, tell the server's admins.`,
    busy: 'The bot is too busy right now. Nothing was sent or charged. Try again in a moment.',
    storeDown: (reference: string) =>
      `The bot's database isn't responding, so nothing was sent or charged. Try again later; if this persists, give the operator this reference: \`${reference}\``,
    confirmationGone: 'This price was already confirmed or has expired. Send `/video` again.',
    confirmationOfOther: 'Only the member who asked for this video can confirm its price.',
    bug: (reference: string) =>
      `Something went wrong in the bot. Nothing was sent by this command. If it happens again, give the operator this reference: \`${reference}\``,
  },
  cancel: cancelEn,
  confirm: confirmEn,
  money: {
    unknown: 'price unknown',
    estimated: (amount: string) => `about ${amount}`,
    settled: (amount: string) => `charged ${amount}`,
    assumed: (amount: string) =>
      `probably charged ${amount}: the length of a reference video couldn't be read`,
    assumedUntold: (amount: string) =>
      `probably charged ${amount}: the provider didn't report what it cost`,
    held: 'charge not confirmed yet; an admin will check',
  },
  quota: {
    /** Whom a limit is for; these end its sentence. */
    subjects: {
      guild: 'the whole server',
      everyone: 'each member',
      role: (role: string) => `each member with ${role}`,
      member: (member: string) => member,
    },
    /** Above the limits of all. */
    headings: { guild: 'The whole server', everyone: 'Each member' },
    measures: {
      videos: (n: string) => (n === '1' ? '1 video' : `${n} videos`),
      seconds: (n: string) => (n === '1' ? '1 second' : `${n} seconds`),
    },
    windows: { day: 'a day', week: 'a week', month: 'a month', total: 'in total' },
    rule: (subject: string, limit: string, window: string) => `${limit} ${window} for ${subject}`,
  },
  privacy: privacyEn,
  notices: noticesEn,
  second: secondEn,
  continuing: continueEn,
  animating: animateEn,
  pictures: picturesEn,
  denial: {
    closed:
      "This server's settings and limits were damaged, so the bot can't tell what is allowed here. Nothing was sent or charged. An admin can check `/settings show`, set again what is missing, and reopen with `/settings set money reopen:True`.",
    blocked: "This server's admins have blocked you from making videos.",
    channel: (channels: string) => `Videos can't be made in this channel. Try ${channels}.`,
    route: (routes: string) =>
      `This server's admins don't allow this \`model\`. Allowed: ${routes}`,
    word: "The `prompt` contains a word that this server's admins don't allow. Nothing was sent or charged. Rephrase it.",
    activeMember: (limit: number) =>
      `You already have ${limit} unfinished ${limit === 1 ? 'video' : 'videos'} here, the most at one time. Wait for one to finish, or cancel one that is still waiting.`,
    activeGuild: (limit: number) =>
      `This server already has ${limit} unfinished ${limit === 1 ? 'video' : 'videos'}, the most at one time. Try again when one has finished.`,
    quota: quotaRefusalEn,
    budgetPriceUnknown: (when: string) =>
      `The operator of this bot has set a budget, and the price of this request is unknown. Nothing was sent or charged. Choose a model with a known price (\`/models\`): the budget resets ${when}, but unknown prices stay refused after that too.`,
    budgetDay: (when: string) =>
      `The operator's budget for today is used up. Nothing was sent or charged. It resets at midnight UTC: ${when}.`,
    budgetMonth: (when: string) =>
      `The operator's budget for this month is used up. Nothing was sent or charged. It resets with the next month, UTC: ${when}.`,
  },
  task: {
    queued: 'Waiting to be sent',
    queuedAgain: (provider: string, when: string) =>
      `${provider} is busy or unreachable; next attempt after ${when}`,
    /** Follows one of the two texts above. */
    place: (place: string) => `place ${place} in the queue`,
    positionBehind: (place: string) => `beyond place ${place} in the queue`,
    cancelled: 'Cancelled before it was sent. **Nothing was charged.**',
    cancelledThere: (provider: string) =>
      `Cancelled while it waited in ${provider}'s queue. **Nothing was charged.**`,
    submitting: (provider: string) => `Sending to ${provider}`,
    queuedThere: (provider: string, since: string) =>
      `Waiting in ${provider}'s queue · sent ${since}`,
    running: (since: string) => `Generating · started ${since}`,
    /** `bar` is drawn from the provider's own percentage. */
    runningAt: (bar: string, percent: string, since: string) =>
      `Generating ${bar} ${percent} % · started ${since}`,
    otherModel: (named: string) =>
      `The provider's answer names another model: ${named}. Quality and charge may differ.`,
    delivering: 'Finished – downloading the video',
    done: 'Done',
    smallerCopy: 'The attached file is a smaller copy.',
    mayNotPlay: (codec: string) =>
      `This video is ${codec}, which may not play in Discord. If it doesn't, download it.`,
    ping: (caller: string) => `${caller} Your video is ready.`,
    /** `where` is the link itself, or one of `addressIn`. */
    link: (where: string, until: string, why: string) =>
      `Done, but it can't be attached here (${why}): ${where}\nLink expires ${until}. Save it before then.`,
    /** The link opens for the bot alone. */
    linkOfBotAlone: (until: string, why: string) =>
      `Done, but it can't be attached here (${why}), and its link works only for the bot. The bot's operator can save the video for you until ${until}.`,
    linkWhy: {
      'too-large': 'too large for this channel',
      'not-allowed': 'the bot may not attach files in this channel',
      'not-shown': "Discord accepted the file but didn't show it",
      explicit: 'Discord blocked the file as explicit',
      filtered: 'a content filter of this server or of Discord blocked it',
      refused: "Discord didn't accept the file",
      unknown: "too large, or Discord didn't accept the file",
    },
    addressIn: {
      button: 'use the button below',
      file: 'see `link.txt`',
      embed: 'see below',
      export: 'see `/privacy export`',
    },
    openVideo: 'Open the video',
    lost: "The video was made and **was charged**, but it can't be delivered:",
    lostWhy: {
      gone: 'the provider no longer offers the file.',
      forbidden: "the bot isn't allowed to download from its link.",
      'too-many-redirects': 'its link redirects endlessly.',
      'not-mp4': "the provider's file isn't an mp4 video.",
      'no-address': 'the provider gave no link.',
      expired: 'its link expired before the video could be downloaded or posted.',
    },
    lostTry: (where: string) => `Try the link yourself: ${where}`,
    lostAsk: "Tell the server's admins the time and the model; they can ask the provider.",
    undeliverable: "The video was made and **was charged**, but the channel couldn't be reached.",
    refused: 'The provider refused the request. **Nothing was charged.**',
    /** By what the task's money says. */
    failed: {
      released: "The provider couldn't make the video. **Nothing was charged.**",
      assumed: "The provider couldn't make the video. **It was probably not charged.**",
      held: "The provider couldn't make the video. **It may have been charged**; this isn't confirmed yet, and an admin will check.",
    },
    providerSays: (words: string) => `Provider's message: ${words}`,
    providerBusy: (provider: string) =>
      `${provider} stayed busy after several attempts. **Nothing was charged.** Try again later or choose another model.`,
    providerUnreachable: (provider: string) =>
      `${provider} couldn't be reached. **Nothing was charged.** Try again later or choose another model.`,
    providerPaused: (provider: string) =>
      `${provider} rejects the bot's account, so this was never sent. **Nothing was charged.** Choose a model from another provider, and tell the server's admins.`,
    wrongAddress: (provider: string) =>
      `The API address that this bot has for ${provider} is wrong. **Nothing was charged.** Choose a model from another provider, and tell the bot's operator: the API address has to be corrected.`,
    tooLate: 'This waited too long to be sent. **Nothing was charged.** Send it again.',
    outcomeUnknown: (provider: string) =>
      `${provider} never confirmed the request, so it's not sure whether this was charged. It is **not sent again**, so that nothing is paid twice. The server's admins can check and resolve it.`,
    givenUp: (provider: string) =>
      `${provider} didn't finish in time, so the bot stopped waiting. It still checks once an hour until the provider gives up, and posts the video here if it is finished after all. It may still be charged; the server's admins can check and resolve it.`,
    unknownToProvider: (provider: string) =>
      `${provider} no longer knows this video. It may have been charged; the server's admins can check and resolve it.`,
    restored: (provider: string) =>
      `The bot's database was restored from a backup, so it's **not sure whether ${provider} already made and charged this video**. It is **not sent again**, so that nothing is paid twice. The server's admins can check and resolve it.`,
    messageDeleted:
      'Your video was made and charged, but its message was gone after the bot was restored from a backup; no new one is posted.',
    routeRemoved:
      "The model was turned off while this video was being made. It may have been charged; the server's admins can check and resolve it.",
    endedHold: endedHoldEn,
    holdSettled: (amount: string) => `Charge confirmed: **${amount}**.`,
    holdReleased: 'Marked as **not charged**.',
    removedUnsent:
      'The model was turned off before this was sent. **Nothing was charged for the video.** Choose another model.',
    notStarted:
      'The bot was interrupted before this began. **Nothing was sent or charged.** Send it again.',
    mediaGone:
      'An attachment of this video is not kept any more. **Nothing was charged.** Send it again with the files.',
    promptUnreadable:
      "The key that protects the bot's database was lost, and the prompt with it. **Nothing was charged.** Send it again.",
  },
  taskSettings: taskSettingsEn,
  advice: adviceEn,
  library: libraryEn,
  namedAssets: namedAssetsEn,
};

export type Messages = typeof en;
