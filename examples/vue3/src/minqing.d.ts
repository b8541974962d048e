import '@minqing/elements/vue'
