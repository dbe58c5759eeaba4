import type { NamedAssetsWords } from './named-assets-en.ts';

/** A server's named pictures, clips and sounds, in simplified Chinese. */
export const namedAssetsZhCn: NamedAssetsWords = {
  command: {
    description: '可在提示词中使用的命名图片、视频和音频',
    add: '为文件命名，之后可在提示词中以 {名称} 使用',
    list: '本服务器的所有命名文件',
    show: '命名文件的详情',
    remove: '移除名称及其文件',
    name: '2 到 32 个字符：以 a–z 开头，其后可用 a–z、0–9、- 和 _',
    kind: '文件的类型',
    file: '图片、视频或音频',
    person: '这是真人肖像，由服务商审核',
  },
  kinds: { image: '图片', video: '视频', audio: '音频' },
  needsAdmin: '在这里添加或移除命名文件需要**管理服务器**权限。',
  badName: '名称无效。请使用 2 到 32 个字符：以 a–z 开头，其后可用 a–z、0–9、`-` 和 `_`。',
  wrongKind: (given) => `文件与 \`kind\` 不符：${given}`,
  personIsPicture: '真人肖像必须是图片。',
  added: (name, providers) =>
    `正在将 **${name}** 上传到 ${providers}。\`/asset show\` 显示可用后，即可在提示词中写 \`{${name}}\`。`,
  taken: (name) => `**${name}** 已存在。请先用 \`/asset remove\` 移除，或换一个名称。`,
  full: (max) => `本服务器已有 ${max} 个命名文件，达到上限。请先移除一个。`,
  noLibrary: '已启用的服务商都不提供素材库。',
  noPersons: '已启用的服务商都不审核真人肖像。',
  none: '还没有命名文件。可用 `/asset add` 添加。',
  unknown: (name) => `没有名为 **${name}** 的文件。请查看 \`/asset list\`。`,
  removed: (name) =>
    `已移除 **${name}**。不再有视频使用它时，会从服务商处删除（如果该服务商支持删除）。`,
  title: (count, max) => `**命名文件**（${count}/${max}）`,
  line: (name, kind, states) => `- \`{${name}}\` · ${kind} · ${states}`,
  more: (count) => `……另有 ${count} 个，见下方文件`,
  place: (provider, state) => `${provider}：${state}`,
  person: '真人肖像',
  addedBy: (member, when) => `由 ${member} 添加，${when}`,
  places: { usable: '可用', preparing: '准备中', failed: '未通过', lost: '已失效' },
  uploadAnew: (name) =>
    `服务商处已没有此文件，例如因为更换了 API 密钥。请重新上传：\`/asset add name:${name}\`。`,
  tryAnother: '请移除后换一个文件再试。',
  refused: {
    'names-unknown': (names) => `没有名为 ${names} 的文件。`,
    'names-not-taken': (names) => `该模型不能使用命名文件：${names}。`,
    'names-without-room': (names) => `参考素材太多，无法再加入 ${names}。`,
    'names-elsewhere': (names) => `该模型的服务商没有 ${names}。`,
    'names-preparing': (names) => `${names} 尚未就绪，可用 \`/asset show\` 查看。`,
    'names-failed': (names) => `服务商未接受 ${names}。`,
    'names-lost': (names) => `服务商处已没有 ${names}，请用 \`/asset add\` 重新上传。`,
  },
  asWords: (example) => `如果只是普通文字，请写成 ${example}。`,
};
