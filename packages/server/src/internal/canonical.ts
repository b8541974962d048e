export { canonical } from '@minqing/core'
