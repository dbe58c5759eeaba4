import { endedHoldZhCn } from './ended-hold-zh-cn.ts';
import { adviceZhCn } from './advice-zh-cn.ts';
import { libraryZhCn } from './library-zh-cn.ts';
import { namedAssetsZhCn } from './named-assets-zh-cn.ts';
import type { Messages } from './en.ts';
import { historyZhCn } from './history-zh-cn.ts';
import { preferencesZhCn } from './preferences-zh-cn.ts';
import { cancelZhCn } from './cancel-zh-cn.ts';
import { confirmZhCn } from './confirm-zh-cn.ts';
import { privacyZhCn } from './privacy-zh-cn.ts';
import { modelsZhCn } from './models-zh-cn.ts';
import { noticesZhCn } from './notices-zh-cn.ts';
import { picturesZhCn } from './pictures-zh-cn.ts';
import { animateZhCn } from './animate-zh-cn.ts';
import { continueZhCn } from './continue-zh-cn.ts';
import { secondZhCn } from './second-zh-cn.ts';
import { quotaZhCn } from './quota-zh-cn.ts';
import { quotaRefusalZhCn } from './quota-refusal-zh-cn.ts';
import { adminsZhCn } from './admins-zh-cn.ts';
import { settingsZhCn } from './settings-zh-cn.ts';
import { refusalZhCn } from './refusal-zh-cn.ts';
import { unitsZhCn } from './units-zh-cn.ts';
import { usageZhCn } from './usage-zh-cn.ts';
import { taskSettingsZhCn } from './task-settings-zh-cn.ts';
import { modelChoiceZhCn } from './model-choice-zh-cn.ts';
import { typicalDurationZhCn } from './typical-duration-zh-cn.ts';

/** Every text that members and admins read, in simplified Chinese. */
export const zhCn: Messages = {
  locale: 'zh-CN',
  quotaCommand: quotaZhCn,
  settingsCommand: settingsZhCn,
  ...adminsZhCn,
  usageCommand: usageZhCn,
  history: historyZhCn,
  preferences: preferencesZhCn,
  typicalDuration: typicalDurationZhCn,
  modelChoice: modelChoiceZhCn,
  commands: {
    video: {
      description: '用文字和图片生成视频',
      prompt: '描述视频内容（提示词）',
      model: '使用的模型（可用 /models 比较）；不填则用默认模型',
      duration: '时长（秒）',
      resolution: '清晰度（取决于模型）',
      ratio: '画面比例',
      first_frame: '首帧',
      last_frame: '尾帧',
      image: (n) => `参考图片 ${n}`,
      video: (n) => `参考视频 ${n}`,
      audio: (n) => `参考音频 ${n}`,
      sound: (providers) => `生成声音（${providers}）`,
      web_search: (providers) => `允许模型联网搜索（${providers}，仅限纯文字）`,
      watermark: (providers) => `添加 AI 生成水印（${providers}）`,
    },
    privacy: {
      description: '本机器人保存了关于你的哪些信息',
      show: '保存了什么，保存多久',
      export: '以文件形式导出关于你的全部信息',
      delete: '删除关于你的信息',
    },
    models: {
      description: '比较各模型：输入、限制、价格',
      model: '查看一个模型的全部限制',
    },
  },
  units: unitsZhCn,
  route: {
    text: '文字',
    frames: '首尾帧',
    images: (max) => (max === undefined ? '图片' : `${max} 张图片`),
    videos: (max) => (max === undefined ? '视频' : `${max} 段视频`),
    audio: (max) => (max === undefined ? '音频' : `${max} 段音频`),
    textOnly: '仅文字',
    sound: '声音',
    webSearch: '联网搜索',
  },
  models: modelsZhCn,
  refusal: refusalZhCn,
  answers: {
    serversOnly: '只能在添加了本机器人的服务器中使用。',
    otherServer: '本机器人不为这个服务器提供服务，由其运营者决定服务范围。',
    restricted: '你不能在这里生成视频：管理员限制了这个命令。',
    unknownCommand: '这个命令已不存在。请重新加载 Discord 后再试。',
    unknownModel: (models) => `这个 \`model\` 不可用。可用的有：${models}。可用 \`/models\` 比较。`,
    notUnderstood: 'Discord 发来的命令格式无法识别。请重新加载 Discord 后再试。',
    paused: (provider, when) =>
      `**${provider} 暂时不可用**：它拒绝了机器人的账户。未提交，未扣费。请在 ${when} 再试，或选择其他服务商的模型；如果一直如此，请告诉服务器管理员。`,
    busy: '机器人太忙，未能及时处理。未提交，未扣费。请稍后再试。',
    storeDown: (reference) =>
      `机器人的数据库无响应。未提交，未扣费。请稍后再试；如果一直如此，请把这个编号告诉运营者：\`${reference}\``,
    confirmationGone: '这个价格已经确认过或已失效。请重新使用 `/video`。',
    confirmationOfOther: '只有发起这个视频的人可以确认价格。',
    bug: (reference) =>
      `机器人出了问题。这个命令没有提交任何内容。如果再次发生，请把这个编号告诉运营者：\`${reference}\``,
  },
  cancel: cancelZhCn,
  confirm: confirmZhCn,
  money: {
    unknown: '价格未知',
    estimated: (amount) => `约 ${amount}`,
    settled: (amount) => `实际扣费 ${amount}`,
    assumed: (amount) => `推定扣费 ${amount}：无法读取参考视频的时长`,
    assumedUntold: (amount) => `推定扣费 ${amount}：服务商未报告实际费用`,
    held: '扣费待确认，由管理员核实',
  },
  quota: {
    subjects: {
      guild: '整个服务器',
      everyone: '每位成员',
      role: (role) => `拥有 ${role} 的每位成员`,
      member: (member) => `${member} `,
    },
    headings: { guild: '整个服务器', everyone: '每位成员' },
    measures: { videos: (n) => `${n} 个视频`, seconds: (n) => `${n} 秒` },
    windows: { day: '每天', week: '每周', month: '每月', total: '总计' },
    rule: (subject, limit, window) => `${subject}${window} ${limit}`,
  },
  privacy: privacyZhCn,
  notices: noticesZhCn,
  second: secondZhCn,
  continuing: continueZhCn,
  animating: animateZhCn,
  pictures: picturesZhCn,
  denial: {
    closed:
      '本服务器的设置和额度已损坏，机器人无法判断这里允许什么。未提交，未扣费。管理员可以查看 `/settings show`，补上缺少的设置，再用 `/settings set money reopen:True` 重新开放。',
    blocked: '本服务器的管理员已禁止你生成视频。',
    channel: (channels) => `这个频道不能生成视频。请到 ${channels}。`,
    route: (routes) => `本服务器的管理员不允许这个 \`model\`。允许的有：${routes}`,
    word: '`prompt` 中含有本服务器管理员不允许的词。未提交，未扣费。请换一种说法。',
    activeMember: (limit) =>
      `你在这里已有 ${limit} 个未完成的视频，已达上限。请等其中一个完成，或取消一个仍在等待的。`,
    activeGuild: (limit) =>
      `本服务器已有 ${limit} 个未完成的视频，已达上限。请等其中一个完成后再试。`,
    quota: quotaRefusalZhCn,
    budgetPriceUnknown: (when) =>
      `机器人的运营者设定了预算，而这个请求的价格未知。未提交，未扣费。请选择价格已知的模型（\`/models\`）：预算将于 ${when}重置，但届时仍不接受价格未知的请求。`,
    budgetDay: (when) => `运营者今天的预算已用完。未提交，未扣费。预算将于 UTC 零点重置：${when}。`,
    budgetMonth: (when) =>
      `运营者本月的预算已用完。未提交，未扣费。预算将于下个月（UTC）重置：${when}。`,
  },
  task: {
    queued: '等待提交',
    queuedAgain: (provider, when) => `${provider} 繁忙或无法连接，${when} 之后重试`,
    place: (place) => `排队第 ${place} 位`,
    positionBehind: (place) => `排在第 ${place} 位之后`,
    cancelled: '提交前已取消。**未扣费。**',
    cancelledThere: (provider) => `在 ${provider} 排队时已取消。**未扣费。**`,
    submitting: (provider) => `正在提交给 ${provider}`,
    queuedThere: (provider, since) => `在 ${provider} 排队中，${since}提交`,
    running: (since) => `生成中，${since}提交`,
    runningAt: (bar, percent, since) => `生成中 ${bar} ${percent}%，${since}提交`,
    otherModel: (named) => `服务商的答复中是另一个模型：${named}。画质和扣费可能不同。`,
    delivering: '已完成，正在下载视频',
    done: '完成',
    smallerCopy: '附件是压缩后的视频。',
    mayNotPlay: (codec) =>
      `该视频采用 ${codec} 编码，可能无法在 Discord 中播放。如无法播放，请下载后观看。`,
    ping: (caller) => `${caller} 你的视频已完成。`,
    link: (where, until, why) =>
      `已完成，但无法作为附件发送（${why}）：${where}\n链接将于 ${until} 失效，请及时保存。`,
    linkOfBotAlone: (until, why) =>
      `已完成，但无法作为附件发送（${why}），且其链接仅机器人可用。在 ${until} 之前，机器人的运营者可以为你保存视频。`,
    linkWhy: {
      'too-large': '文件超出此频道的大小限制',
      'not-allowed': '机器人没有在此频道添加附件的权限',
      'not-shown': 'Discord 接收了文件，但没有显示',
      explicit: 'Discord 认为文件含有露骨内容',
      filtered: '被此服务器或 Discord 的内容过滤规则拦截',
      refused: 'Discord 没有接收文件',
      unknown: '文件太大，或 Discord 没有接收文件',
    },
    addressIn: {
      button: '请点下方按钮',
      file: '见 `link.txt`',
      embed: '见下方',
      export: '见 `/privacy export`',
    },
    openVideo: '打开视频',
    lost: '视频已生成并**已扣费**，但无法发送到此频道：',
    lostWhy: {
      gone: '服务商不再提供该文件。',
      forbidden: '链接不在允许范围内。',
      'too-many-redirects': '链接不断跳转，没有尽头。',
      'not-mp4': '服务商提供的不是 mp4 视频。',
      'no-address': '服务商未提供下载链接。',
      expired: '链接在下载或发布之前已失效。',
    },
    lostTry: (where) => `可以自己试试这个链接：${where}`,
    lostAsk: '请把时间和模型告诉服务器管理员，他们可以询问服务商。',
    undeliverable: '视频已生成并**已扣费**，但无法访问此频道。',
    refused: '服务商拒绝了这个请求。**未扣费。**',
    failed: {
      released: '服务商未能生成视频。**未扣费。**',
      assumed: '服务商未能生成视频。**很可能未扣费。**',
      held: '服务商未能生成视频。**扣费待确认**，由管理员核实。',
    },
    providerSays: (words) => `服务商原文：${words}`,
    providerBusy: (provider) =>
      `${provider} 一直繁忙，已多次尝试。**未扣费**。请稍后再试或换一个模型。`,
    providerUnreachable: (provider) => `无法连接 ${provider}。**未扣费**。请稍后再试或换一个模型。`,
    providerPaused: (provider) =>
      `${provider} 拒绝了机器人的账户，因此未能提交。**未扣费**。请换用其他服务商的模型，并告诉服务器管理员。`,
    wrongAddress: (provider) =>
      `机器人所设的 ${provider} 接口地址有误。**未扣费**。请换用其他服务商的模型，并告诉机器人的运营者：需要更正这个接口地址。`,
    tooLate: '等待提交的时间太长。**未扣费**。请重新提交。',
    outcomeUnknown: (provider) =>
      `${provider} 从未确认收到请求，因此不确定是否已扣费。为避免重复付费，**不会重新提交**。服务器管理员可以核实并处理。`,
    givenUp: (provider) =>
      `${provider} 未能按时完成，机器人已停止等待。在服务商放弃之前，机器人仍会每小时查询一次；如果视频最终完成，会发布到这里。仍可能扣费；服务器管理员可以核实并处理。`,
    unknownToProvider: (provider) =>
      `${provider} 已查不到这个视频。可能已扣费；服务器管理员可以核实并处理。`,
    restored: (provider) =>
      `机器人的数据库是从备份恢复的，因此**不确定 ${provider} 是否已经生成并扣费**。为避免重复付费，**不会重新提交**。服务器管理员可以核实并处理。`,
    messageDeleted: '视频已生成并扣费，但机器人从备份恢复后，原消息已不存在；不会发布新消息。',
    routeRemoved: '生成这个视频时，它的模型被停用。可能已扣费；服务器管理员可以核实并处理。',
    endedHold: endedHoldZhCn,
    holdSettled: (amount) => `已确认扣费：**${amount}**。`,
    holdReleased: '已确认**未扣费**。',
    removedUnsent: '提交之前，它的模型被停用。**视频未扣费**。请换一个模型。',
    notStarted: '机器人在开始之前被中断。**未提交，未扣费**。请重新提交。',
    mediaGone: '这个视频的附件已不再保留。**未扣费**。请附上文件重新提交。',
    promptUnreadable: '保护机器人数据库的密钥丢失，提示词也随之丢失。**未扣费**。请重新提交。',
  },
  taskSettings: taskSettingsZhCn,
  advice: adviceZhCn,
  library: libraryZhCn,
  namedAssets: namedAssetsZhCn,
};
