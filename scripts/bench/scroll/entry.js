// What the page of the benchmark loads. Plain JavaScript: the elements have compiler settings of their own (decorators),
// and a TypeScript file here would draw them into those of the scripts.
import { configure } from '@minqing/elements'
import '@minqing/elements/define/mq-diary-feed'
import './page.ts'

const [baseUrl, token] = location.hash.slice(1).split('|')
configure({ baseUrl, getToken: () => token })
