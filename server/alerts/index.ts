export { alertOwner } from './alerting'
export { chooseAlerts, myAlerts } from './choosing'
