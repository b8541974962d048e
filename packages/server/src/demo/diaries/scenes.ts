import type { DiaryKind } from '@minqing/core'

/**
 * A kind of day in an officer's work. A text is one variant of each part, in order; `{…}` are gaps (words.ts), with
 * `{who}` for the person visited. Later parts may be left out, which is what makes texts long or short.
 */
export interface Scene {
  kind: DiaryKind
  /** How often, relative to the others. */
  weight: number
  tags: readonly string[]
  parts: readonly (readonly string[])[]
}

const scene = (kind: DiaryKind, weight: number, tags: string, ...parts: string[]): Scene => ({
  kind,
  weight,
  tags: tags.split(' '),
  parts: parts.map((part) => part.split('|')),
})

export const scenes: readonly Scene[] = [
  scene(
    'visit',
    20,
    '走访 一老一小 空巢老人 助老',
    '上午到{who}家坐了坐。|去看望独居的{who}。|顺路走访{who}。|{who}今年八十多了，今天上门看看。',
    '老人{ill}，饭量还好。|最近{ill}，药快吃完了。|精神不错，就是{ill}。|{relative}在外地打工，一个月回来一次。',
    '已联系卫生院下周上门复诊。|帮忙把{item}送了过去。|教会老人用手机和{relative}视频。|陪着量了血压，记在本子上。|把老年食堂的送餐也登记好了。',
    '灶间的电线有点旧，约了供电所来看。|叮嘱{season}期间少出门，有事打我电话。|老人拉着手说了半天话，临走塞给我两个橘子，没收。|下周再来一趟。',
    '邻居说夜里常听见咳嗽，准备让网格里的志愿者每天傍晚去敲一次门，连着看一个星期再说，不行就劝去医院住几天。',
  ),
  scene(
    'visit',
    14,
    '农业 香榧 茶叶 丰收',
    '到{spot}看{crop}长势。|和{who}一起下地看{crop}。|{crop}到了要紧的时候。|{who}家{count}亩{crop}，今年收成中等。',
    '发现有{pest}，面积不大。|叶子发黄，怀疑是{pest}。|价格比去年每斤低了{count}毛。|缺人手，一天{count}十块还请不到。',
    '拍了照发给{office}的技术员。|约了农技员后天到现场。|提醒大家{season}前抢收。|联系合作社统一收购。',
    '{who}说只要销路稳，明年还想多种{count}亩。|顺便讲了农业保险怎么报。|机耕路最后一段还没硬化，运出来费劲，记下了。',
  ),
  scene(
    'visit',
    10,
    '饮水 水利 自来水 防汛',
    '{spot}一带的水压又低了。|{who}反映家里自来水发黄。|上山查看了蓄水池。|{season}快到了，沿溪走了一遍。',
    '影响{count}户。|原因是主管{damage}。|水位下降，够用{count}天。|水沟有{count}处淤积。',
    '已报{office}，答应明天来修。|和村里商量先用水车送水。|组织{count}个人清了一下午。|把危险路段拉了警戒线。',
    '修好以后再挨户问一遍。|老人用水不方便，先帮着挑了两担。|建议把这段旧管子列入明年的改造计划。',
  ),
  scene(
    'visit',
    10,
    '道路 环境整治 路灯 垃圾分类 安全',
    '{spot}{damage}，晚上走路不安全。|早上巡查到{spot}，{damage}。|{who}在微信群里说{spot}{damage}。|今天网格巡查，重点看{spot}。',
    '现场拍照上报，{office}已接单。|当场和村民一起清理干净。|先放了锥桶提醒。|预计{count}天内处理好。',
    '路过的人都说早该修了。|回头再看结果。|顺便劝{who}把门口的杂物收了收。|分类桶边上又混投了，跟几户人家聊了聊，都答应改。',
  ),
  scene(
    'visit',
    8,
    '矛盾调解 邻里 和事佬',
    '{who}和隔壁为{dispute}吵了起来。|晚上在{spot}调解一起{dispute}的事。|{dispute}的老问题，今天第{count}次坐下来谈。',
    '双方各退一步，当场握了手。|一方没来，改天再约。|请了老支书和乡贤一起说和。|把当年的协议翻出来，一条一条对。',
    '下周回访一次，怕反复。|说到底还是一口气，话说开就好。|{office}也派人来讲了法律规定。|写了调解书，两家都按了手印。',
    '其实最早是因为一句话没说好，两家的孩子原来还是同学。事情不大，但拖了快{count}个月，谁都不肯先开口，今天总算坐到一张桌子上了。',
  ),
  scene(
    'visit',
    9,
    '代办 一件事 医保 民生',
    '帮{who}代办{paper}。|{who}不会用手机，想办{paper}。|陪{who}去镇里办{paper}。',
    '材料缺一张照片，当场拍了补上。|一趟办好。|系统里名字有一个字不对，要去派出所开证明。|还差{relative}的身份证复印件。',
    '预计{count}个工作日到账。|老人连说好几声谢谢。|把流程写成大字条贴在门后。|同村还有{count}户一样的情况，明天一起带过去。',
  ),
  scene(
    'factory',
    8,
    '工厂日记 助企 稳岗 惠企政策',
    '上午到{firm}走了一圈。|和{firm}负责人{who}聊了半小时。|{firm}最大的难处是{need}。|今天驻企{firm}。',
    '订单排到下个月，{need}还没着落。|提出{need}，已记为诉求。|生产线开了{count}条。|工人{count}十来个，多数是本地的。',
    '对照政策能享受补贴，材料今晚发过去。|联系{office}明天上门。|建议和隔壁厂拼车发货。|下周专家团过来会诊。',
    '老板说最怕的不是难，是没人听。|食堂和宿舍也看了，消防通道堆了纸箱，当场搬走。',
  ),
  scene(
    'workshop',
    4,
    '车间日记 安全生产 技改',
    '{firm}二车间，{who}师傅带我看新设备。|夜班到{firm}车间。|车间温度高，给工人送了凉茶。',
    '一台机器顶原来{count}个人。|噪声偏大，提醒戴耳塞。|次品率降了{count}个点。|{need}的问题班组长也提了。',
    '通道划线不清，约好后天整改。|年轻人愿意学技术，想办个培训班。|把好的做法记下来，给别的厂看看。',
  ),
  scene(
    'idea',
    5,
    '金点子 共富 乡村振兴 文旅',
    '能不能在{spot}建个{thing}？|建议把闲置老屋改成{thing}。|想到一个办法：{crop}和{thing}放一起做。|几个村可以合办{thing}。',
    '{who}他们都说好，愿意出工。|花钱不多，{count}万以内。|周末游客多，正缺这个。|先试一个月看看。',
    '地方我看过，产权清楚，离公交站{count}分钟。|谁家有经验，欢迎在下面说说。|已经和村里提了，等开会议一议。',
  ),
  scene(
    'help',
    5,
    '求助 请教',
    '请教大家：{who}想办{paper}，户口不在本村怎么办？|求助：{spot}{damage}，找过{office}两次没有下文，还能找谁？|哪位同事处理过{dispute}的事？|{crop}闹{pest}，有什么土办法？',
    '老人急等着用。|已经拖了{count}天。|双方都不肯让步，我有点没底。|照片不方便发，情况大概就是这样。',
    '有经验的同事指点一下，先谢了。|在线等。|愿意上门学习。',
  ),
]

/** What colleagues say under a diary. */
export const remarks: readonly string[] = [
  '辛苦了！',
  '我们村也有同样的情况，学习了。',
  '这个做法好，明天我也试试。',
  '{office}的联系方式我有，私信发你。',
  '老人家的事最要紧，有需要叫我。',
  '后来解决了吗？',
  '建议再问问{office}。',
  '去年{season}也出过这事，早点准备好。',
  '点赞，替{who}谢谢你。',
  '我下周也要去{spot}，可以一起。',
]

/** What answers a question. */
export const answers: readonly string[] = [
  '这事归{office}管，带上身份证和户口本直接去窗口，当天能办。',
  '我处理过，先请两边的长辈坐下来，把账一笔一笔写清楚，再签个协议，半天就好。',
  '可以走代办：让{relative}在手机上授权，我们帮着填，{count}个工作日就有结果。',
  '打{office}值班电话，说明影响多少户，他们会优先派人，我上个月就是这么办的。',
  '先拍照留底，再报到镇里的平台，同时抄送{office}，三天没动静就请分管领导协调。',
]
