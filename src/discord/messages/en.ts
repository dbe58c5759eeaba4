import { endedHoldEn } from './ended-hold-en.ts';
import { adviceEn } from './advice-en.ts';
import { privacyEn } from './privacy-en.ts';
import { noticesEn } from './notices-en.ts';
import { grantEn } from './grant-en.ts';
import { quotaEn } from './quota-en.ts';
import { settingsEn } from './settings-en.ts';
import { listEn } from './list-en.ts';
import { usageEn } from './usage-en.ts';
import { typicalDurationEn } from './typical-duration-en.ts';

/**
 * Every text that members and admins read, in English. The other languages have this object's type,
 * so that the type checker finds missing texts. Arguments are already escaped and formatted.
 */
export const en = {
  /** Locale for formatting amounts and numbers. */
  locale: 'en',
  quotaCommand: quotaEn,
  grants: grantEn,
  settingsCommand: settingsEn,
  usageCommand: usageEn,
  typicalDuration: typicalDurationEn,
  commands: {
    video: {
      description: 'Turn words and pictures into a video',
      prompt: 'What should happen in the video',
      model: 'Which model makes it; /models explains them',
      duration: 'Length in seconds',
      resolution: 'How large; each model takes some of these',
      ratio: 'Shape of the picture',
      first_frame: 'Picture that the video begins with',
      last_frame: 'Picture that the video ends with',
      image: (n: number) => `Reference picture ${n}`,
      video: (n: number) => `Reference video ${n}`,
      audio: (n: number) => `Reference sound ${n}`,
      sound: (providers: string) => `Make sound to the video (${providers})`,
      web_search: (providers: string) => `Let the model search the web (${providers}, text alone)`,
      watermark: (providers: string) => `Mark the video as made by AI (${providers})`,
    },
    privacy: {
      description: 'What this bot keeps of you',
      show: 'What is kept, and for how long',
      export: 'Everything kept of you, as a file',
      delete: 'Delete what is kept of you',
    },
    models: {
      description: 'What each model takes and costs',
      model: 'Only this model, with all its limits',
    },
  },
  units: {
    seconds: (range: string) => `${range} s`,
    perTask: 'per video',
    perSecond: 'per second',
    perMillionTokens: 'per token',
    perMillion: 'per million tokens',
    and: (items: readonly string[]) => listEn(items, 'and'),
    or: (items: readonly string[]) => listEn(items, 'or'),
  },
  route: {
    text: 'text',
    frames: 'frames',
    images: (max: number | undefined) => (max === undefined ? 'images' : `${max} images`),
    videos: (max: number | undefined) => (max === undefined ? 'videos' : `${max} videos`),
    audio: (max: number | undefined) => (max === undefined ? 'audio' : `${max} audio`),
    textOnly: 'text only',
    sound: 'sound',
    webSearch: 'web search',
  },
  models: {
    title: 'The models that are on here',
    hint: 'Details of one: `/models model:…`',
    length: (range: string, standard: number) => `Length: ${range} s (${standard} if not given)`,
    size: (sizes: string, standard: string) => `Resolution: ${sizes} (${standard} if not given)`,
    fixedSize: (size: string) => `Resolution: always ${size}`,
    ratios: (ratios: string) => `Ratio: ${ratios}`,
    standardRatio: (ratio: string) => ` (${ratio} if not given)`,
    framesAny: 'Frames: `first_frame`, `last_frame`, or both',
    framesFirst: 'Frames: `first_frame`, alone or with `last_frame`',
    framesPair: 'Frames: `first_frame` and `last_frame` together',
    framesNone: 'Frames: none',
    references: (list: string) => `References: ${list}`,
    noReferences: 'References: none',
    framesOrReferences: 'Frames and reference pictures exclude each other',
    framesOrAnyReferences: 'Frames and references exclude each other',
    price: (price: string) => `Price: ${price}`,
    priceUnknown: (unit: string) => `${unit}; the price is not known here`,
    resultKept: (hours: number) => `The provider keeps the result for ${hours} hours`,
    none: 'No model is on: the operator has to set a provider key.',
  },
  refusal: {
    title: (model: string) => `**${model} can't take this request.** Nothing was sent or charged.`,
    others: (models: string) => `These models would take it as it stands: ${models}`,
    noOthers: 'Change what is listed and send it again.',
    moreFaults: 'also at fault; not every reason fits in this message',
    promptEmpty: 'is empty; say what should happen in the video',
    promptTooLong: (given: number, max: number) => `has ${given} characters; at most ${max}`,
    duration: (given: number, min: number, max: number) =>
      `is ${given}; this model takes ${min} to ${max} seconds`,
    resolution: (given: string, accepted: string) => `is ${given}; this model makes ${accepted}`,
    ratio: (given: string, accepted: string) => `is ${given}; this model takes ${accepted}`,
    imageNotTaken: 'this model takes no reference pictures',
    videoNotTaken: 'this model takes no reference videos',
    audioNotTaken: 'this model takes no reference sound',
    framesNotTaken: 'this model takes no first or last frame',
    assetLibraryOnly:
      'this model takes media only from an asset library, which is not supported yet; it takes text alone',
    ownVariant:
      'reference videos need a variant of this model that is billed apart; not supported yet',
    count: (given: number, max: number) => `${given} given; this model takes at most ${max}`,
    notImage: (given: string) => `is not a picture (${given})`,
    notVideo: (given: string) => `is not a video (${given})`,
    notAudio: (given: string) => `is not sound (${given})`,
    unknownType: 'unknown type',
    typeAccepted: (given: string, accepted: string) => `is ${given}; this model takes ${accepted}`,
    typeRefused: (given: string, refused: string) => `is ${given}; this model takes no ${refused}`,
    bytes: (given: string, max: string) => `is ${given} large; at most ${max}`,
    totalBytes: (given: string, max: string) => `together ${given} large; at most ${max}`,
    seconds: (given: string, min: number, max: number) =>
      `is ${given} s long; this model takes ${min} to ${max} s`,
    totalSeconds: (given: number, max: number) => `together ${given} s long; at most ${max} s`,
    pixels: (given: string, min: number, max: number) =>
      `has ${given} pixels; the shorter side must have ${min} to ${max}`,
    framesWithReferences: 'frames and references exclude each other; give one or the other',
    lastNeedsFirst: 'this model takes a last frame only together with a first frame',
    framesBothNeeded: 'this model needs a first and a last frame together',
    audioAlone: (needs: string) => `sound is not taken alone; it needs ${needs} beside it`,
    audioNeeds: { image: 'a reference picture', video: 'a reference video', frame: 'a frame' },
    audioWithFrames: 'this model takes no sound together with frames',
    switchNotTaken: 'this model has no such switch; leave it out',
    webSearchWithMedia: 'web search works with text alone',
  },
  answers: {
    serversOnly: 'This works in servers only, where the bot itself was added.',
    otherServer: "This bot doesn't serve this server. Its operator decides which ones it serves.",
    restricted: 'You are not allowed to make videos here: an admin has restricted the command.',
    unknownCommand: 'This command no longer exists here. Reload Discord and try again.',
    unknownModel: (models: string) =>
      `That \`model\` is not on here. Those that are: ${models}. \`/models\` explains them.`,
    notUnderstood:
      'Discord sent this command in a form that the bot does not know. Reload Discord and try again.',
    paused: (provider: string, when: string) =>
      `**${provider} is not available right now**: it refuses the bot's account. Nothing was sent or charged. Try again ${when}, or choose a model of another provider; if it stays like this, tell the server's admins.`,
    busy: 'The bot is too busy to decide this in time. Nothing was sent or charged. Try again in a moment.',
    storeDown: (reference: string) =>
      `The bot's store does not answer, so nothing was sent or charged. Try again later; if it stays like this, give the operator this reference: \`${reference}\``,
    confirmationGone:
      'This price was already confirmed, or is no longer known. Send `/video` again.',
    confirmationOfOther: 'Only the person who asked for this video can confirm its price.',
    confirmationExpired:
      'This price was good for 10 minutes. Send `/video` again. Nothing was charged.',
    bug: (reference: string) =>
      `Something went wrong in the bot. Nothing was sent by this command. If it happens again, give the operator this reference: \`${reference}\``,
  },
  cancel: {
    button: 'Cancel',
    sent: 'It is being sent or was sent already, so it can no longer be cancelled.',
    ofAnother: 'Only the person who asked for this video can cancel it.',
    gone: 'This video is over already; there is nothing to cancel.',
  },
  confirm: {
    changed: (was: string) =>
      `The price has changed since it was shown to you (**${was}**), so nothing was made. The old button works no more.`,
    question: (model: string, price: string) =>
      `**${model}** would cost **${price}**. Nothing is charged until you confirm; the button works once, for 10 minutes.`,
    button: 'Make this video',
  },
  money: {
    unknown: 'price unknown',
    estimated: (amount: string) => `about ${amount}`,
    settled: (amount: string) => `charged ${amount}`,
    held: 'amount held until an admin settles it',
  },
  quota: {
    subjects: { guild: 'the whole server', everyone: 'everyone' },
    measures: {
      videos: (n: string) => (n === '1' ? '1 video' : `${n} videos`),
      seconds: (n: string) => (n === '1' ? '1 second' : `${n} seconds`),
    },
    windows: { day: 'a day', week: 'a week', month: 'a month', total: 'in total' },
    rule: (subject: string, limit: string, window: string) => `${subject}: ${limit} ${window}`,
  },
  privacy: privacyEn,
  notices: noticesEn,
  denial: {
    closed:
      "This server's settings and quotas were damaged, so the bot cannot tell what is allowed here. Nothing was sent or charged. An admin can look at `/settings show`, set again what is missing, and open with `/settings set reopen:True`.",
    blocked: 'The admins of this server have blocked you from making videos.',
    channel: (channels: string) => `Videos are not made in this channel. Try ${channels}.`,
    route: (routes: string) =>
      `The admins of this server don't allow this \`model\`. Allowed: ${routes}`,
    word: 'The `prompt` contains a word that the admins of this server do not allow. Word it differently.',
    activeMember: (limit: number) =>
      `You already have ${limit} unfinished ${limit === 1 ? 'video' : 'videos'} here, the most at one time. Wait for one to finish, or cancel one that still waits.`,
    activeGuild: (limit: number) =>
      `This server already has ${limit} unfinished ${limit === 1 ? 'video' : 'videos'}, which is all at one time. Try again when one has finished.`,
    rule: (rule: string) => `the quota "${rule}"`,
    forbidden: (rule: string, sums: string, reset: string) =>
      `Not possible: ${rule} forbids it. ${sums} ${reset} Nothing was sent or charged.`,
    priceUnknown: (rule: string, sums: string, reset: string) =>
      `Not possible: ${rule} limits cost, and the price of this request is unknown. ${sums} ${reset} Nothing was sent or charged. Choose a model with a known price (\`/models\`).`,
    over: (rule: string, sums: string, reset: string) =>
      `Not possible: ${rule} is used up. ${sums} ${reset} Nothing was sent or charged.`,
    sums: (used: string, need: string) => `Used: ${used}; this request needs ${need}.`,
    unknownCost: 'an unknown amount',
    resets: (when: string) => `It resets ${when}.`,
    resetsInVain: (when: string) => `It resets ${when}, but a limit of 0 forbids then as well.`,
    noReset: 'It does not reset by itself.',
    budgetPriceUnknown: (when: string) =>
      `The operator of this bot has set a budget, and the price of this request is unknown. Nothing was sent or charged. Choose a model with a known price (\`/models\`): the budget starts anew ${when}, but refuses unknown prices then as well.`,
    budgetDay: (when: string) =>
      `The operator's budget for today is used up. Nothing was sent or charged. It starts anew at midnight UTC: ${when}.`,
    budgetMonth: (when: string) =>
      `The operator's budget for this month is used up. Nothing was sent or charged. It starts anew with the next month, UTC: ${when}.`,
  },
  task: {
    queued: 'Waiting to be sent',
    queuedAgain: (provider: string, when: string) =>
      `${provider} is busy or unreachable; next try not before ${when}`,
    /** Follows one of the two texts above. */
    place: (place: string) => `place ${place} in the queue`,
    positionBehind: (place: string) => `behind place ${place} in the queue`,
    cancelled: 'Cancelled before it was sent. **Nothing was charged.**',
    submitting: (provider: string) => `Being sent to ${provider}`,
    running: (since: string) => `Being made, sent ${since}`,
    runningAt: (percent: string, since: string) => `Being made: ${percent} %, sent ${since}`,
    delivering: 'Finished; being fetched',
    done: 'Done',
    mayNotPlay: (codec: string) =>
      `This video is ${codec}, which may not play in Discord. If it doesn't, download it.`,
    ping: (caller: string) => `${caller} Your video is ready.`,
    /** `where` is the link itself, or one of `addressIn`. */
    link: (where: string, until: string, why: string) =>
      `Done, but it can't be attached here (${why}): ${where}\nLink expires ${until}. Save it before then.`,
    linkWhy: {
      'too-large': 'too large for this channel',
      'not-allowed': 'the bot may not attach files in this channel',
      'not-shown': 'Discord took the file, but did not show it',
      explicit: 'Discord blocked the file as explicit',
      filtered: 'a content filter of this server or of Discord blocked it',
      refused: 'Discord did not accept the file',
      unknown: 'too large, or Discord did not accept the file',
    },
    addressIn: {
      button: 'use the button below',
      file: 'see `link.txt`',
      embed: 'see below',
      export: 'see `/privacy export`',
    },
    openVideo: 'Open the video',
    lost: "The video was made and **was charged**, but it can't be brought here:",
    lostWhy: {
      gone: 'the provider no longer gives it out.',
      forbidden: 'its address is not one that the bot may fetch from.',
      'too-many-redirects': 'its address only leads on to other addresses, without end.',
      'not-mp4': 'what the provider gives out is no mp4 video.',
      'no-address': 'the provider told no address for it.',
      expired: 'its address expired before it could be fetched or posted.',
    },
    lostTry: (where: string) => `Try its address yourself: ${where}`,
    lostAsk: "Tell the server's admins the time and the model; they can ask the provider.",
    undeliverable: 'The video was made and **was charged**, but the channel could not be reached.',
    refused: 'The provider refused the request. **Nothing was charged.**',
    /** By what the task's money says. */
    failed: {
      released: 'The provider could not make the video. **Nothing was charged.**',
      assumed: 'The provider could not make the video. **It was probably not charged.**',
      held: 'The provider could not make the video. **It may have been charged**; this is not confirmed yet, and an admin will check.',
    },
    providerSays: (words: string) => `Its words: ${words}`,
    providerBusy: (provider: string) =>
      `${provider} stayed busy and was asked often enough. **Nothing was charged.** Try again later or choose another model.`,
    providerUnreachable: (provider: string) =>
      `${provider} could not be reached. **Nothing was charged.** Try again later or choose another model.`,
    providerPaused: (provider: string) =>
      `${provider} refuses the bot's account, so this was never sent. **Nothing was charged.** Choose a model of another provider, and tell the server's admins.`,
    wrongAddress: (provider: string) =>
      `Nothing that makes videos answers at the address that this bot has for ${provider}. **Nothing was charged.** Choose a model of another provider, and tell whoever runs the bot: the address has to be corrected.`,
    tooLate: 'This waited too long to be sent. **Nothing was charged.** Send it again.',
    outcomeUnknown: (provider: string) =>
      `It is not known whether ${provider} took the request: no answer came that says so. It is **not sent again**, so that nothing is paid twice; it may have been charged. The server's admins can look it up and settle it.`,
    givenUp: (provider: string) =>
      `${provider} did not finish in time, so the bot stopped waiting. It still asks once an hour until the provider gives the task up, and brings the video here if it is finished after all. It may still be charged; the server's admins can settle it.`,
    unknownToProvider: (provider: string) =>
      `${provider} no longer knows this task. It may have been charged; the server's admins can settle it.`,
    restored: (provider: string) =>
      `The bot's database was restored from a copy, so it is **not sure whether ${provider} already made and charged this video**. It is **not sent again**, so that nothing is paid twice. The server's admins can look it up and settle it.`,
    messageDeleted:
      'Your video was made and charged, but its message was gone after the bot was restored from a copy; no new one is posted.',
    routeRemoved:
      "The model of this task was turned off while it was under way. It may have been charged; the server's admins can settle it.",
    endedHold: endedHoldEn,
    holdSettled: (amount: string) => `The unconfirmed charge was settled at **${amount}**.`,
    holdReleased: 'The unconfirmed charge was released: it **does not count**.',
    notStarted:
      'The bot was interrupted before this began. **Nothing was sent or charged.** Send it again.',
    promptUnreadable:
      "The key that protects the bot's store was lost, and the prompt with it. **Nothing was charged.** Send it again.",
  },
  advice: adviceEn,
};

export type Messages = typeof en;
