export { guardImageSources } from './image-source-guard';
export type { ImageSourcePolicy } from './image-source-guard';
export { ImageRepository } from './image-repository';
export type { ImageRepositoryProps } from './image-repository';
export { RemoteImageRepository } from './remote-image-repository';
export type { RemoteImageRepositoryProps, Upstream } from './remote-image-repository';
export { Repository } from './repository';
export type { RepositoryProps } from './repository';
