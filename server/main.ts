import type { ServerBuild } from '@remix-run/node'
import { createServer } from 'node:http'
import { createSite } from './app'
import { boot } from './boot'
import { env } from './platform/env'

const build = () => import('virtual:remix/server-build') as unknown as Promise<ServerBuild>

const http = createServer(createSite({ build, assets: 'built' }))
const { address } = await boot(http)
console.log(`Parley is at ${address}`)
if (env.PARLEY_DEMO) console.log(`Sign in as Amina, Bo, Chen, Dara or Olu at ${address}/dev/sign-in-as`)
