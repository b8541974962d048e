import type { Random } from './random.ts'

/**
 * Syllables of village names as they are common in the hills of eastern Zhejiang. The names made of them are ours;
 * where one exists, it is by chance.
 */
const qualities = [...'东西南北上下前后里外大小新高长白青黄石金']
const families = [...'王张朱陈周沈袁董裘马郑尹邢史竺钱宋吕史黄魏']
const features = [...'坑坞岙溪塘桥宅庄湖山岭湾墩畈渡田岩坪泽浦潭树园池']
const growth = [...'竹茶桑枫樟松梅桃榧柏']

const patterns: readonly (readonly (readonly string[])[])[] = [
  [qualities, families],
  [qualities, features],
  [families, features],
  [growth, features],
  [qualities, growth, features],
  [families, ['家'], features],
]

const communityStems = [
  '城东',
  '城西',
  '城南',
  '城北',
  '兴盛',
  '富民',
  '东圃',
  '剡溪',
  '锦绣',
  '鹿鸣',
  '百步',
  '桂花',
]

/** Makes names that no two villages of a county share: villages end in 村, those of a town's streets in 社区. */
export function villageNamer(random: Random): (community: boolean) => string {
  const used = new Set<string>()
  const stems = [...communityStems]
  const stem = () =>
    random
      .pick(patterns)
      .map((syllables) => random.pick(syllables))
      .join('')
  return (community) => {
    for (;;) {
      const name = community ? `${stems.shift() ?? stem()}社区` : `${stem()}村`
      if (used.has(name)) continue
      used.add(name)
      return name
    }
  }
}
