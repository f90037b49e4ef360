import tseslint from 'typescript-eslint'

// What the compiler and the formatter do not see. Fast: no rule needs types.
export default tseslint.config(
  { ignores: ['build/', 'node_modules/', '.data/', '.cache/', '.look/', 'public/', 'playwright-report/', 'test-results/'] },
  tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-object-type': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      eqeqeq: ['error', 'smart'],
      'no-console': 'off',
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Secrets and ids come from node:crypto.' }],
    },
  },
  {
    files: ['app/**'],
    ignores: ['app/components/threads/post-body.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'Only the component for post text may, with HTML from server/platform/markdown.',
        },
        ...['Program >', 'Program > ExportNamedDeclaration >'].map((at) => ({
          selector: `${at} VariableDeclaration > VariableDeclarator > ObjectExpression > Property > CallExpression[callee.name='say']`,
          message: 'Words are said for the reader of the moment, not when a module is loaded: make it a function.',
        })),
      ],
    },
  },
  {
    files: ['server/**/*.ts', 'app/**'],
    ignores: ['server/cli/**', 'server/main.ts', 'server/dev.ts'],
    rules: { 'no-console': 'error' },
  },
)
