/** Made-up content of a made-up portal. Dates follow the day of the build, so that the page never looks stale. */
const daysAgo = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

export default {
  nav: [
    { href: '#top', text: '首页' },
    { href: '#write', text: '写日记' },
    { href: '#issues', text: '民情事项' },
    { href: '#feed', text: '民情动态' },
    { href: '#report', text: '我要反映' },
    { href: '#notices', text: '通知公告' },
  ],
  tiles: [
    { kind: '', icon: 'all', text: '全部日记' },
    { kind: 'visit', icon: 'visit', text: '走访日记' },
    { kind: 'help', icon: 'help', text: '求助问答' },
    { kind: 'idea', icon: 'idea', text: '金点子' },
    { kind: 'factory', icon: 'factory', text: '工厂日记' },
    { kind: '', mine: true, icon: 'mine', text: '我写的' },
  ],
  notices: [
    {
      title: '关于做好冬季走访、关心独居老人的提示',
      date: daysAgo(2),
      text: '入冬以来气温下降，请各网格优先走访独居、高龄和行动不便的老人，留意取暖与用电安全。走访不要求拍照，也不要求定位。',
    },
    {
      title: '香榧采收季道路养护安排',
      date: daysAgo(6),
      text: '山区机耕路养护按村分段进行。发现路面塌陷、边坡松动，可直接写入民情日记，并标注 #道路。',
    },
    {
      title: '民情日记不作考核排名的说明',
      date: daysAgo(11),
      text: '日记篇数、有用标记与在线时长均不作为考核依据。写日记是为了把事办好，也让后来的同事有据可查。',
    },
    {
      title: '农村饮用水管网检修通知',
      date: daysAgo(15),
      text: '检修期间个别自然村可能短时停水，请提前告知村民储水。遇到长时间停水，请在日记中选择「求助」。',
    },
  ],
}
