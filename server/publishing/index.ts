export { communityFeed, portalFeed, threadFeed } from './feeds'
export { threadPicture } from './picture'
export { robotsFile, sitemap, sitemapIndex } from './sitemap'
