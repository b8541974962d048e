import { createApp } from 'vue'
import { configure } from '@minqing/elements'
import '@minqing/elements/define/mq-diary-composer'
import '@minqing/elements/define/mq-diary-feed'
import '@minqing/elements/define/mq-issue-tracker'
import App from './App.vue'

configure({
  baseUrl: document.querySelector<HTMLMetaElement>('meta[name=minqing]')!.content,
  tokenUrl: '/mq-token',
})
createApp(App).mount('#app')
