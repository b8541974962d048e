import { existsSync } from 'node:fs'
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

const tsconfigs = ['tsconfig.json', 'packages/elements/tsconfig.json'].filter((file) => existsSync(file))

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
      'no-eval': 'error',
      'no-implied-eval': 'error',
    },
  },
  {
    files: ['{packages/*/src,scripts,test}/**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: tsconfigs, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // handlers of events and hooks may be async; `checksConditionals` is what finds bugs
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      // a test's title is a statement; node:test answers a promise that nobody needs
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite', 'default'] },
          ],
        },
      ],
      // takes assertions for useless that narrow to an intersection with optional members
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // our interfaces are written with methods and made from closures: nothing there depends on `this`
      '@typescript-eslint/unbound-method': 'off',
      // an async function that answers at once keeps its contract
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
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
