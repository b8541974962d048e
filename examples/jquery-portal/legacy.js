// What libraries of those days did to a page: Prototype.js, MooTools and their relatives extend built-ins, visibly to
// for-in, and change how lists become JSON. Nothing of this is needed by the widgets; it is here to be in their way.
;(function () {
  function extend(target, more) {
    for (const name in more) target[name] = more[name]
  }

  extend(Array.prototype, {
    first: function () {
      return this[0]
    },
    last: function () {
      return this[this.length - 1]
    },
    each: function (visit) {
      for (let at = 0; at < this.length; at++) visit(this[at], at)
      return this
    },
    contains: function (item) {
      return this.indexOf(item) >= 0
    },
    remove: function (item) {
      const at = this.indexOf(item)
      if (at >= 0) this.splice(at, 1)
      return this
    },
    clear: function () {
      this.length = 0
      return this
    },
    // Prototype.js up to 1.6: JSON.stringify writes a list as a string of JSON inside the JSON
    toJSON: function () {
      return '[' + this.map((item) => JSON.stringify(item)).join(', ') + ']'
    },
  })
  extend(String.prototype, {
    strip: function () {
      return this.replace(/^\s+|\s+$/g, '')
    },
    toJSON: function () {
      return String(this)
    },
  })

  // one argument, as the shims for IE 7 had
  const stringify = JSON.stringify
  JSON.stringify = function (value) {
    return stringify(value)
  }

  extend(Element.prototype, {
    // Prototype.js gives back the element
    remove: function () {
      if (this.parentNode) this.parentNode.removeChild(this)
      return this
    },
    matches: function (selector) {
      return window.jQuery(this).is(selector)
    },
    show: function () {
      this.style.display = ''
      return this
    },
    hide: function () {
      this.style.display = 'none'
      return this
    },
    update: function (text) {
      this.textContent = text
      return this
    },
    select: function (selector) {
      return this.querySelectorAll(selector)
    },
  })
})()
