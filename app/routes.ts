import { index, route, type RouteConfig } from '@remix-run/route-config'

/** TABLE 1. Every screen and its address. */
export default [
  index('routes/home.tsx'),

  route('sign-up', 'routes/accounts/sign-up.tsx'),
  route('sign-in', 'routes/accounts/sign-in.tsx'),
  route('sign-out', 'routes/accounts/sign-out.tsx'),
  route('confirm-email', 'routes/accounts/confirm-email-again.tsx'),
  route('confirm-email/:token', 'routes/accounts/confirm-email.tsx'),
  route('forgot-password', 'routes/accounts/forgot-password.tsx'),
  route('reset-password/:token', 'routes/accounts/reset-password.tsx'),
  route('me/account', 'routes/accounts/account.tsx'),
  route('me/account/other-sessions', 'routes/accounts/other-sessions.tsx'),
  route('me/account/password', 'routes/accounts/change-password.tsx'),
  route('people/:handle', 'routes/people/person.tsx'),
  route('theme', 'routes/theme.ts'),

  route('dev/sign-in-as', 'routes/dev/sign-in-as.tsx'),
  route('dev/mailbox', 'routes/dev/mailbox.tsx'),
  route('dev/events', 'routes/dev/events.tsx'),
  route('dev/kit', 'routes/dev/kit.tsx'),
] satisfies RouteConfig
