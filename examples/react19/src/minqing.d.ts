import '@minqing/elements/react'
