import { index, route, type RouteConfig } from '@remix-run/route-config'

/** TABLE 1. Every screen and its address. */
export default [
  index('routes/home.tsx'),
  route('dev/kit', 'routes/dev/kit.tsx'),
] satisfies RouteConfig
