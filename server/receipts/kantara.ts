import type { Consented } from './record'

/** A courtesy: Kantara’s receipt of 2018 knows nothing of what happens after consent was given, so it never says more than that. */
export function kantaraReceipt(of: Consented, givenAt: Date, purposeInWords: string, publicKey: string) {
  return {
    version: 'KI-CR-v1.1.0',
    jurisdiction: 'EU',
    consentTimestamp: Math.floor(givenAt.getTime() / 1000),
    collectionMethod: 'web form',
    consentReceiptID: of.grantId,
    publicKey,
    language: 'en',
    piiPrincipalId: of.person,
    piiControllers: [
      {
        piiController: of.vendor.name,
        onBehalf: false,
        contact: of.vendor.name,
        address: {},
        email: '',
        phone: '',
        piiControllerUrl: of.vendor.website ?? `${of.origin}/vendors/${of.vendor.slug}`,
      },
    ],
    policyUrl: `${of.origin}/vendors/${of.vendor.slug}/terms?v=${of.vendor.version}`,
    services: [
      {
        service: of.origin,
        purposes: [
          {
            purpose: purposeInWords,
            purposeCategory: [of.purpose],
            consentType: 'EXPLICIT',
            piiCategory: of.keys,
            primaryPurpose: true,
            termination: `${of.endsAt.toISOString().slice(0, 10)} or on withdrawal`,
            thirdPartyDisclosure: false,
            thirdPartyName: '',
          },
        ],
      },
    ],
    sensitive: false,
    spiCat: [],
  }
}
