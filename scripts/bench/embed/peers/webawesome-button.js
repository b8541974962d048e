// One button of Web Awesome: what its smallest part weighs.
import '@awesome.me/webawesome/dist/components/button/button.js'
