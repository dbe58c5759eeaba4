import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { CommandOption } from '../../playground/protocol/commands.ts';
import type { FieldIssue } from '../composer/field-issue.ts';
import { byteText } from './byte-text.ts';
import { panelEn } from './panel-en.ts';

/** All texts of the page in English; the bot has its own. */
export const en = {
  ...panelEn,
  link: {
    connecting: 'Connecting to the playground …',
    live: 'Connected',
    lost: 'The playground isn’t responding. The page reconnects once it runs again.',
  },
  bot: { starting: 'Bot starting', ready: 'Bot running', stopped: 'Bot stopped' },
  sidebar: {
    label: 'Servers and channels',
    servers: 'Servers',
    channels: 'Channels',
    open: 'Show servers and channels',
    hidden: 'hidden from the bot',
    mentioned: 'You were mentioned',
    upload: (size: string) => `Files up to ${size}`,
  },
  identity: {
    who: 'Who I am',
    language: 'My language',
    another: 'Open a tab as someone else',
    ranks: { owner: 'owner', admin: 'admin', artist: 'artist', member: 'member' },
  },
  channel: {
    log: 'Messages',
    welcome: (name: string) => `Welcome to #${name}`,
    about: 'Everything here is simulated on this machine, except the bot: that is the real one.',
    hidden: 'The bot can’t see this channel. Try a command here and see what happens.',
    empty:
      'Type / to see what the bot can do, or begin with one of these. Nothing here costs money.',
  },
  tries: {
    label: 'Try this',
    list: [
      {
        label: 'A video from words',
        line: '/video prompt:A red fox runs through fresh snow at dawn',
        withPictures: false,
      },
      {
        label: 'A video from two pictures',
        line: '/video prompt:Night falls over the lake, slow push-in',
        withPictures: true,
      },
      { label: 'Which models there are', line: '/models', withPictures: false },
    ],
  },
  message: {
    edited: '(edited)',
    thinking: 'Clapper is thinking…',
    sending: 'Sending command…',
    noResponse: 'The application did not respond',
    clickFailed: 'This interaction failed',
    refused: (reason: string) => `Discord didn’t send this: ${reason}`,
    onlyYou: 'Only you can see this',
    dismiss: 'Dismiss message',
    replyGone: 'Original message was deleted',
    spoiler: 'Spoiler – press to show it',
    select: 'Make a selection',
    more: 'More',
    apps: 'Apps',
    appsOn: (author: string) => `Apps for ${author}`,
    forwardTo: 'Forward to',
    forwarded: 'Forwarded',
    link: (channel: string) => `#${channel} › message`,
    showEdits: 'Show its versions',
    delete: 'Delete message',
    used: (who: TemplateResult, command: TemplateResult) => html`${who} used ${command}`,
  },
  composer: {
    label: 'Write',
    placeholder: (channel: string) => `Message #${channel}`,
    commands: 'Commands',
    send: 'Send',
    cancel: 'Discard command',
    ready: 'Press Enter to send',
    more: (count: number) => `+${count} optional`,
    drop: 'Drop, paste or choose',
    filesAttached: 'Send them as a message, or type / to use them in a command.',
    files: 'Files to send',
    attach: 'Attach files',
    unknownOption: (typed: string) =>
      `There is no option “${typed}”. Delete it, or choose one from the list.`,
    autocomplete: {
      loading: 'Loading suggestions …',
      done: 'No suggestions. What you typed is sent as it is.',
      failed: 'The bot sent no suggestions.',
    },
    remove: (name: string) => `Remove ${name}`,
    yes: 'True',
    no: 'False',
    keys: 'Enter: send · Tab: next · ↑ ↓: choose · Esc: discard',
    limits: limitsText,
    issue: issueText,
  },
  modal: {
    atLeast: (count: number) => `Choose at least ${count}.`,
    atMost: (count: number) => `Choose at most ${count}.`,
    close: 'Close',
    cancel: 'Cancel',
    submit: 'Submit',
    failed: 'Something went wrong. Try again.',
  },
};

export type Texts = typeof en;

function limitsText(option: CommandOption): string {
  const { min_value: min, max_value: max, max_length: most } = option;
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  if (min !== undefined) return `at least ${min}`;
  if (max !== undefined) return `at most ${max}`;
  return most === undefined ? '' : `up to ${most} characters`;
}

function issueText(issue: FieldIssue): string {
  switch (issue.kind) {
    case 'required':
      return 'This option is required.';
    case 'not-listed':
      return 'Choose one from the list.';
    case 'not-whole':
      return 'This must be a whole number.';
    case 'not-number':
      return 'This must be a number.';
    case 'too-small':
      return `This must be at least ${issue.min}.`;
    case 'too-large':
      return `This must be at most ${issue.max}.`;
    case 'too-short':
      return `This must have at least ${issue.min} characters; it has ${issue.given}.`;
    case 'too-long':
      return `This must have at most ${issue.max} characters; it has ${issue.given}.`;
    case 'file-too-large':
      return `Files can have up to ${byteText(issue.maxBytes)} in this server.`;
    case 'file-type':
      return `Only ${issue.accepted.join(', ')} can be attached here.`;
  }
}
