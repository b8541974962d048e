import { readFileSync } from 'node:fs'

const { version } = JSON.parse(
  readFileSync(new URL('../../packages/elements/package.json', import.meta.url), 'utf8'),
)

/** What all pages know. `cdn` is where the reference server serves the widgets of this version. */
export default {
  version,
  cdn: `/cdn/${version}/`,
  top: [
    { url: '/demo/', text: '演示门户' },
    { url: '/embedding/', text: '接入' },
    { url: '/components/mq-diary-composer/', text: '组件', under: '/components/' },
    { url: '/client/', text: '客户端' },
    { url: '/api/', text: '接口' },
    { url: '/rules/', text: '规则' },
  ],
  english: [
    { url: '/demo/', text: 'Demo' },
    { url: '/en/#start', text: 'Quick start' },
    { url: '/api/', text: 'API' },
  ],
  sections: [
    {
      title: '开始',
      pages: [
        { url: '/', text: '首页与快速开始' },
        { url: '/embedding/', text: '接入网页' },
        { url: '/frameworks/', text: '框架' },
        { url: '/theme/', text: '主题与外观' },
        { url: '/tokens/', text: '签发凭证' },
        { url: '/plugins/', text: '插件' },
        { url: '/catalogue/', text: '派单目录' },
        { url: '/notifications/', text: '消息与通知' },
      ],
    },
    { title: '组件', components: true, pages: [] },
    {
      title: '开发',
      pages: [
        { url: '/client/', text: '客户端' },
        { url: '/testing/', text: '测试' },
        { url: '/api/', text: '接口参考' },
        { url: '/life-cycle/', text: '事项流程' },
        { url: '/rules/', text: '业务规则' },
        { url: '/decisions/', text: '设计决定' },
      ],
    },
    {
      title: '演示',
      pages: [
        { url: '/demo/', text: '演示门户' },
        { url: '/demo/side-by-side/', text: '双窗对照' },
        { url: '/demo/issues/', text: '一件事的闭环' },
      ],
    },
  ],
}
