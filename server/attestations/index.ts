export { attestCustomer, revokeAttestation } from './attesting'
export { attestationFile, attestedOn, myAttestations } from './reading'
export { hideAttestation, showAttestation } from './showing'
export { statusList } from './status-list'
