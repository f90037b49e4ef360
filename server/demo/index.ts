export { seedDemoWorld } from './seeding'
