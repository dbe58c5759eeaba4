import { answerCommands } from './answer-commands.ts';
import { bareEnvironment } from './bare-environment.ts';
import { orderVideo } from './order-video.ts';

// A bot that stores nothing: the same requests as ours, with everything in memory.
const { providerUrl } = bareEnvironment();

await answerCommands(async (interaction) => {
  await interaction.deferReply();
  const url = await orderVideo(providerUrl, interaction.options.getString('prompt', true));
  const clip = Buffer.from(await (await fetch(url)).arrayBuffer());
  await interaction.editReply({ content: 'Done', files: [{ attachment: clip, name: 'clip.mp4' }] });
});
