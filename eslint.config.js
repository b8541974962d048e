import globals from 'globals'
import lit from 'eslint-plugin-lit'
import tseslint from 'typescript-eslint'
import { importDirection } from './scripts/lint/import-direction.ts'

const packages = ['packages/{core,client,elements,server,plugins}/src/**/*.ts']

// Text reaches a page as text: these are the ways by which it would become markup.
const unsafeHtml = [
  {
    selector: 'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]',
    message: 'Markup from a string is how scripts get in: make elements, or use a Lit template.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(insertAdjacentHTML|createContextualFragment|setHTMLUnsafe)$/]',
    message: 'Markup from a string is how scripts get in: make elements, or use a Lit template.',
  },
  {
    selector: "CallExpression[callee.object.name='document'][callee.property.name=/^writeln?$/]",
    message: 'document.write does not work in pages with a strict policy.',
  },
  {
    selector:
      'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/[.](innerHTML|outerHTML)\\s*=\\s*["\']?$/]',
    message: 'Markup from a string is how scripts get in: use a nested template.',
  },
]

const inlineStyle = {
  selector:
    'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\sstyle\\s*=\\s*("[^"]*|\'[^\']*|)$/]',
  message: 'A strict policy blocks style="${…}" on the first render: set a custom property on the element.',
}

const clock = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'core has no clock: take the time as an argument.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'core has no clock: take the time as an argument.',
  },
  {
    selector: "CallExpression[callee.object.name='performance'][callee.property.name='now']",
    message: 'core has no clock: take the time as an argument.',
  },
]

const forbiddenDirectives = {
  paths: ['lit/directives/style-map.js', 'lit-html/directives/style-map.js'].map((name) => ({
    name,
    message: 'A strict policy blocks styleMap on the first render: set custom properties instead.',
  })),
  patterns: [
    {
      regex: 'lit(-html)?/directives/unsafe-(html|svg)',
      message: 'Markup from a string is how scripts get in.',
    },
  ],
}

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      '**/dist/**',
      '**/cdn/**',
      '**/_site/**',
      '.cache/**',
      '.data/**',
      'test-results/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: ['**/*.{js,mjs,ts}'],
    extends: [tseslint.configs.base],
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'no-restricted-syntax': ['error', ...unsafeHtml],
      eqeqeq: ['error', 'always'],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-debugger': 'error',
      // a rule holds everywhere, or is mended in the configuration
      'no-warning-comments': ['error', { terms: ['eslint-disable', 'oxlint-disable'], location: 'anywhere' }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
    },
  },
  {
    files: ['{packages/*/src,scripts,test}/**/*.ts'],
    // what needs types is oxlint's work (.oxlintrc.json): it asks the compiler once, in a tenth of the time
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: packages,
    plugins: { minqing: { rules: { 'import-direction': importDirection } } },
    rules: { 'minqing/import-direction': 'error', 'no-restricted-imports': ['error', forbiddenDirectives] },
  },
  {
    files: ['packages/core/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...unsafeHtml, ...clock] },
  },
  {
    files: ['packages/{elements,plugins}/src/**/*.ts'],
    extends: [lit.configs['flat/recommended']],
    rules: { 'no-restricted-syntax': ['error', ...unsafeHtml, inlineStyle], 'lit/no-invalid-html': 'error' },
  },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
)
