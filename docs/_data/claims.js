import { TokenClaims } from '@minqing/core'
import { fieldsOf } from '../lib/shape.ts'

const meanings = {
  iss: '签发者；服务器配置了签发者时必须一致',
  aud: '受众：与服务器配置的一致',
  sub: '人员的稳定编号；日记归属于它',
  name: '显示在日记上的姓名',
  title: '职务，如「驻村干部」',
  iat: '签发时间（秒）',
  exp: '到期时间（秒），最多比 iat 晚一小时',
  origins: '允许使用凭证的页面来源；省略时为服务器放行的任何来源',
  grants: '在哪些区域担任什么角色；handler 与 expert 可带 unit',
}

/** Claims of a token, from core's schema; a claim without a meaning here stops the build. */
export default fieldsOf(TokenClaims).map((field) => {
  const meaning = meanings[field.name]
  if (!meaning) throw new Error(`docs/_data/claims.js: say what the claim "${field.name}" means`)
  return { ...field, meaning }
})
