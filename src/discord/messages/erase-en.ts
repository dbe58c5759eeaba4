/** Texts of the question before `/privacy delete`, in English. */
export const eraseEn = {
  question: [
    '**Delete the data stored about you, in all servers?** This cannot be undone.',
    '- Prompts, attachments and settings of your finished videos are deleted. Unfinished videos and unconfirmed charges follow once they are over.',
    "- Your name is removed from the servers' journals. Usage totals, blocks and unconfirmed charges stay.",
    '- The messages with your videos and their forwards in galleries stay in their channels, and their buttons stop working, unless you have them deleted too.',
  ].join('\n'),
  data: 'Delete my data',
  all: 'Delete my data and my videos',
  cancel: 'Keep everything',
  kept: 'Nothing was deleted.',
  removing: (count: number) =>
    count === 1
      ? '1 message with a video of yours is being deleted.'
      : `${count} messages with videos of yours are being deleted, about one a second.`,
  more: (max: number) =>
    `Only the latest ${max} can be deleted this way; the others stay where they are.`,
  removed: (gone: number, count: number) => `${gone} of ${count} messages are deleted.`,
};

export type EraseWords = typeof eraseEn;
