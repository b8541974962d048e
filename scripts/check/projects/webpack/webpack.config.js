export default {
  mode: 'production',
  // parts are loaded by script tags, which a page with Trusted Types allows to a policy of this name
  output: { filename: 'main.js', clean: true, trustedTypes: { policyName: 'webpack' } },
  // the page with every entry is larger than a page should be
  performance: { hints: false },
}
