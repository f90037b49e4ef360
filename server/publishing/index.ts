export { communityFeed, portalFeed, threadFeed } from './feeds'
export { robotsFile, sitemap, sitemapIndex } from './sitemap'
